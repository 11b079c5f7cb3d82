export const style = `body { font-family: system-ui, sans-serif; margin: 2rem; line-height: 1.5 }
main { max-width: 26rem; margin: auto }
label { display: block; margin: 1rem 0 }
input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: 0.5rem }
dt { font-weight: bold }
dd { margin: 0 0 0.5rem; overflow-wrap: anywhere }
button { font: inherit; padding: 0.5rem 1.5rem; margin-right: 0.5rem }
`
