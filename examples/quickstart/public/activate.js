/* global document, fetch, FormData, location, URLSearchParams */
const token = new URLSearchParams(location.search).get('token') ?? ''
const form = document.querySelector('form')
const outcome = document.querySelector('#outcome')

const { body: invitation } = await call(`/activate/check?token=${encodeURIComponent(token)}`)
if (invitation.is_valid) {
  document.querySelector('#workspace').textContent = invitation.data.workspace_name
  document.querySelector('#email').textContent = invitation.data.email
  form.hidden = false
} else {
  show('error', 'This invitation is no longer valid: it was used, revoked, replaced or has expired. Ask for a new one.')
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const { name, password } = Object.fromEntries(new FormData(form))
  const response = await accept({ name, password })
  form.hidden = response.ok
  if (response.ok) show('success', `You are now a member of ${invitation.data.workspace_name}.`)
  else show('error', response.body.message ?? 'The invitation could not be accepted. Try again.')
})

function show(state, text) {
  outcome.dataset.state = state
  outcome.textContent = text
}

async function accept({ name, password }) {
  const response = await call('/activate', { token, password, ...(name ? { name } : {}) })
  if (response.status !== 401) return response
  // The address has an account: its password proves who is here.
  const session = await call('/login', { email: invitation.data.email, password })
  return session.ok ? call('/activate', { token }, session.body.data.access_token) : session
}

async function call(path, body, accessToken) {
  const response = await fetch(path, {
    method: body ? 'POST' : 'GET',
    headers: {
      'Content-Type': 'application/json',
      ...(accessToken ? { Authorization: `Bearer ${accessToken}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { ok: response.ok, status: response.status, body: await response.json().catch(() => ({})) }
}
