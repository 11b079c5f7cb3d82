/** The stylesheet of all browser pages: light and dark, without fonts, images or scripts. */
export const style = `:root {
  color-scheme: light dark;
  --back: #f4f5f7; --card: #fff; --text: #1b1f24; --muted: #57606a; --line: #8c959f;
  --accent: #0b57d0; --on-accent: #fff; --error: #b3261e; --success: #146c2e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0f1115; --card: #1a1d23; --text: #e6e8eb; --muted: #a2abb5; --line: #6e7781;
    --accent: #8ab4f8; --on-accent: #0b1a33; --error: #f2b8b5; --success: #7ddf97;
  }
}
*, ::before, ::after { box-sizing: border-box }
[hidden] { display: none !important }
body { margin: 0; padding: clamp(1rem, 5vw, 4rem) 1rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 28rem; margin: 0 auto; padding: clamp(1.25rem, 5vw, 2rem); background: var(--card); border-radius: 0.75rem; box-shadow: 0 1px 3px #0003; overflow-wrap: anywhere }
h1 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25 }
p { margin: 0 0 1rem }
ul { margin: 0; padding-left: 1.25rem }
a { color: var(--accent) }
label { display: block; margin: 0 0 1rem; font-weight: 600 }
input { display: block; width: 100%; margin-top: 0.25rem; padding: 0.625rem 0.75rem; border: 1px solid var(--line); border-radius: 0.375rem; background: var(--card); color: inherit; font: inherit; font-weight: 400 }
input:user-invalid { border-color: var(--error); box-shadow: inset 0 0 0 1px var(--error) }
.hint { margin: -0.5rem 0 1rem; color: var(--muted); font-size: 0.875rem }
dl { margin: 0 0 1rem; padding: 0.75rem; border: 1px solid var(--line); border-radius: 0.375rem }
dt { color: var(--muted); font-size: 0.875rem }
dd { margin: 0 0 0.5rem }
dd:last-child { margin: 0 }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem }
button { flex: 1 1 8rem; padding: 0.625rem 1.25rem; border: 1px solid var(--accent); border-radius: 0.375rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer }
button.secondary { background: transparent; color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
#outcome:empty { display: none }
#outcome { margin: 1rem 0 0; padding-left: 0.75rem; border-left: 4px solid var(--line) }
#outcome[data-state=error] { border-color: var(--error); color: var(--error) }
#outcome[data-state=success] { border-color: var(--success); color: var(--success) }
`
