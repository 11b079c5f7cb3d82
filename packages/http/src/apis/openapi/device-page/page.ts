interface PageOptions {
  /** The relative path from the page to its router. */
  readonly up: string
  /** The relative path from the page to the API. */
  readonly api: string
  readonly userManagement: 'builtin' | 'external'
}

const signIn = `<label>Email <input name="email" type="email" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>`

const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** The page contains nothing from the request: the script reads the code from the address and puts it into a field. */
export const page = ({ up, api, userManagement }: PageOptions): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in a device</title>
<link rel="stylesheet" href="${up}device/page.css">
<main>
<h1>Sign in a device</h1>
<p>Continue only if you started this sign-in yourself and the code below is the one on your device.</p>
<form id="device" data-api="${attribute(api)}" data-user-management="${userManagement}">
<label>Code <input name="user_code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required></label>
<dl id="request" hidden>
<dt>Program</dt><dd id="program"></dd>
<dt>Device</dt><dd id="label"></dd>
<dt>Network address</dt><dd id="network"></dd>
<dt>Requested at</dt><dd id="time"></dd>
</dl>
${userManagement === 'builtin' ? signIn : ''}
<div class="actions">
<button name="decision" value="approve">Approve</button>
<button name="decision" value="deny" class="secondary">Deny</button>
</div>
</form>
<p id="outcome" role="status"></p>
</main>
<script src="${up}device/page.js" defer></script>
</html>
`
