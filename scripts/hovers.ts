import path from 'node:path'
import ts from 'typescript'

/** The tooltip that an editor shows for a public method or property. */
export interface Hover {
  /** Such as `user.tenants.create`. */
  readonly name: string
  /** The signature, the docstring and its tags. */
  readonly text: string
  readonly docstring: string
}

const root = path.resolve(import.meta.dirname, '..')
/** A folder from which the packages can be imported. */
const file = path.join(root, 'examples/guides/src/hovered.ts')

/** The length at which an editor truncates a type: the default of Visual Studio Code. */
const SHOWN_CHARACTERS = 500

/** Reads the tooltips of everything below the exported constants of a program. */
export function hoversOf(program: string): readonly Hover[] {
  const editor = editorOf(program)
  const names = memberNames(editor.service)
  const statements = names.map((name) => `void ${name}`)
  editor.change([program, ...statements].join('\n'))
  let offset = program.length
  return statements.map((statement, index) => {
    offset += 1 + statement.length
    const info = editor.service.getQuickInfoAtPosition(file, offset - 1, SHOWN_CHARACTERS)
    const docstring = ts.displayPartsToString(info?.documentation)
    const tags = (info?.tags ?? []).map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`)
    const text = [ts.displayPartsToString(info?.displayParts), docstring, ...tags].join('\n').trim()
    return { name: names[index] ?? '', text, docstring }
  })
}

/** A TypeScript language service, as an editor runs it, for one in-memory file. */
function editorOf(program: string) {
  const configuration = ts.readConfigFile(path.join(root, 'tsconfig.base.json'), (name) => ts.sys.readFile(name))
  const { options } = ts.parseJsonConfigFileContent({ ...configuration.config, files: [] }, ts.sys, root)
  let text = program
  let version = 0
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: (name, encoding) => (name === file ? text : ts.sys.readFile(name, encoding)),
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : '0'),
    getScriptSnapshot: (name) => {
      const content = name === file ? text : ts.sys.readFile(name)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
  })
  const change = (next: string) => {
    text = next
    version += 1
  }
  return { service, change }
}

/** The names of all methods and properties, including those of nested clients. */
function memberNames(service: ts.LanguageService): readonly string[] {
  const program = service.getProgram()
  const source = program?.getSourceFile(file)
  const checker = program?.getTypeChecker()
  const module = source && checker?.getSymbolAtLocation(source)
  if (!source || !checker || !module) throw new Error('the program exports nothing')
  const below = (name: string, type: ts.Type): readonly string[] =>
    type.getProperties().flatMap((property) => {
      const member = `${name}.${property.name}`
      const typeOfMember = checker.getTypeOfSymbolAtLocation(property, source)
      const isClient = typeOfMember.symbol?.name.endsWith('Client') ?? false
      return isClient ? [member, ...below(member, typeOfMember)] : [member]
    })
  return checker
    .getExportsOfModule(module)
    .flatMap((exported) => below(exported.name, checker.getTypeOfSymbolAtLocation(exported, source)))
}
