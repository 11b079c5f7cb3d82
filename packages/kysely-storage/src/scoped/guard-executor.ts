import type { CompiledQuery, OperationNode, QueryExecutor } from 'kysely'

/** What one scope, with everything derived from it, has scoped and compiled. */
export interface Seen {
  readonly scoped: WeakSet<OperationNode>
  readonly compiled: WeakSet<CompiledQuery>
}

/**
 * Closes the doors around the plugins of an executor, and of every executor made from it: queries compiled elsewhere, and
 * the way to get rid of plugins. Kysely takes no other executor than its own, so its own is changed; it must be fresh.
 */
export function guardExecutor(executor: QueryExecutor, seen: Seen): QueryExecutor {
  const inner = {
    transformQuery: executor.transformQuery.bind(executor),
    compileQuery: executor.compileQuery.bind(executor),
    executeQuery: executor.executeQuery.bind(executor),
    stream: executor.stream.bind(executor),
    withConnectionProvider: executor.withConnectionProvider.bind(executor),
    withPlugin: executor.withPlugin.bind(executor),
    withPlugins: executor.withPlugins.bind(executor),
    withPluginAtFront: executor.withPluginAtFront.bind(executor),
  }
  const assertScoped = (query: CompiledQuery) => {
    if (!seen.compiled.has(query)) throw new TypeError('Cannot scope a compiled query; pass a query builder.')
  }
  const guarded: Omit<QueryExecutor, 'adapter' | 'plugins' | 'provideConnection'> = {
    transformQuery(node, queryId) {
      const scoped = inner.transformQuery(node, queryId)
      seen.scoped.add(scoped)
      return scoped
    },
    compileQuery<Row>(node: Parameters<QueryExecutor['compileQuery']>[0], queryId: CompiledQuery['queryId']) {
      const query = inner.compileQuery<Row>(node, queryId)
      // Savepoints are compiled as well, but not scoped; a driver runs them.
      if (seen.scoped.has(node)) seen.compiled.add(query)
      return query
    },
    async executeQuery(query) {
      assertScoped(query)
      return inner.executeQuery(query)
    },
    stream(query, chunkSize) {
      assertScoped(query)
      return inner.stream(query, chunkSize)
    },
    withConnectionProvider: (provider) => guardExecutor(inner.withConnectionProvider(provider), seen),
    withPlugin: (plugin) => guardExecutor(inner.withPlugin(plugin), seen),
    withPlugins: (plugins) => guardExecutor(inner.withPlugins(plugins), seen),
    withPluginAtFront: (plugin) => guardExecutor(inner.withPluginAtFront(plugin), seen),
    withoutPlugins() {
      throw new TypeError('A scoped Kysely keeps its plugins; use the one that it was made from.')
    },
  }
  return Object.assign(executor, guarded)
}
