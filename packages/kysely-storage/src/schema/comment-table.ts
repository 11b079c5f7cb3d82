export interface CommentTable {
  tenant_id: string
  resource_type: string
  resource_id: string
  id: string
  author_id: string
  text: string
  created_at: number
}
