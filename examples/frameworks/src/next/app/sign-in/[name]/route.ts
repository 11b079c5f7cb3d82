import { startSession } from '../../../../session.js'

export async function POST(_request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  return new Response(null, { status: 204, headers: { 'set-cookie': startSession((await params).name) } })
}
