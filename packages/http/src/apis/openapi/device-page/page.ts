interface PageOptions {
  /** The way from the page to the router it lies in. */
  readonly up: string
  /** The way from the page to the API. */
  readonly api: string
  readonly userManagement: 'builtin' | 'external'
}

const signIn = `<label>Email <input name="email" type="email" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>`

const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** Nothing of the request is in it: the code is read from the address by the script, and goes into a field. */
export const page = ({ up, api, userManagement }: PageOptions): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in a device</title>
<link rel="stylesheet" href="${up}device/page.css">
<main>
<h1>Sign in a device</h1>
<p>Go on only if you have just started this yourself, and the code below is the one that your device shows.</p>
<form id="device" data-api="${attribute(api)}" data-user-management="${userManagement}">
<label>Code <input name="user_code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required></label>
${userManagement === 'builtin' ? signIn : ''}
<dl id="asker" hidden>
<dt>Program</dt><dd id="program"></dd>
<dt>Device</dt><dd id="label"></dd>
<dt>Network address</dt><dd id="network"></dd>
<dt>Asked at</dt><dd id="time"></dd>
</dl>
<button name="word" value="approve">Approve</button>
<button name="word" value="deny">Deny</button>
</form>
<p id="outcome" role="status"></p>
</main>
<script src="${up}device/page.js" defer></script>
</html>
`
