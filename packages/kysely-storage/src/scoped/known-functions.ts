/** Functions of SQLite and PostgreSQL that read nothing but their arguments, as both databases document them. */
export const knownFunctions: ReadonlySet<string> = new Set(
  `
  any array_agg avg bool_and bool_or count every group_concat json_agg json_group_array json_group_object
  json_object_agg jsonb_agg jsonb_object_agg max min string_agg sum total

  cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number

  coalesce greatest ifnull iif least nullif

  abs ceil ceiling floor mod power random round sign sqrt trunc

  char_length concat concat_ws instr left length lower lpad ltrim md5 octet_length replace right rpad rtrim
  split_part starts_with strpos substr substring trim upper

  age date date_part date_trunc datetime julianday now strftime time to_char to_date to_timestamp unixepoch

  array_length array_to_string cardinality gen_random_uuid generate_series json json_array json_array_elements
  json_array_length json_build_array json_build_object json_each json_extract json_object json_tree json_type
  jsonb_array_elements jsonb_array_length jsonb_build_array jsonb_build_object row_to_json string_to_array to_json
  to_jsonb unnest

  plainto_tsquery to_tsquery to_tsvector ts_rank websearch_to_tsquery
  `
    .trim()
    .split(/\s+/),
)
