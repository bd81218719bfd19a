// Writes every GraphQL document of the dashboard, and of the example, with the types of its answer and its variables.
// Codegen's core with two plugins is all that this takes; its command line would bring sixty packages that need a newer Node.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codegen } from '@graphql-codegen/core'
import * as typedDocumentNode from '@graphql-codegen/typed-document-node'
import * as typescriptOperations from '@graphql-codegen/typescript-operations'
import { parse } from 'graphql'

const project = dirname(dirname(fileURLToPath(import.meta.url)))
/** Where documents are looked for, and where they go with their types. */
export const documentSets = [
  { folder: 'client/src', target: 'client/src/api/documents.ts' },
  { folder: 'examples/typed', target: 'examples/typed/documents.ts' },
]
const HEAD = '// Written by `npm run documents` from schema.graphql and the .graphql files; do not edit.\n\n'

/** The text of a set's `target` as the schema and the documents stand; throws where a document does not fit the schema. */
export async function typedDocuments({ folder, target }, schemaText = read('schema.graphql')) {
  const text = await codegen({
    filename: join(project, target),
    schema: parse(schemaText),
    documents: graphqlFiles(folder).map((location) => ({ location, document: parse(read(location)) })),
    pluginMap: { typescriptOperations, typedDocumentNode },
    plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
    config: {
      documentMode: 'string',
      immutableTypes: true,
      pureMagicComment: true,
      scalars: { DateTime: 'string', JSON: 'unknown' },
      skipTypename: true,
      useTypeImports: true,
    },
  })
  return HEAD + text
}

function graphqlFiles(folder) {
  return readdirSync(join(project, folder), { recursive: true })
    .filter((path) => path.endsWith('.graphql'))
    .map((path) => join(folder, path))
    .sort()
}

function read(path) {
  return readFileSync(join(project, path), 'utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const set of documentSets) writeFileSync(join(project, set.target), await typedDocuments(set))
