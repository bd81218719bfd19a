import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql'
import { useState } from 'react'
import { Button } from '../../components/button.js'
import { say } from '../../strings.js'

/** The schema to read and to walk through, from the three roots on. */
export function SchemaDocs({ schema }: { readonly schema: GraphQLSchema }) {
  const [path, setPath] = useState<readonly string[]>([])
  const name = path.at(-1)
  const type = name === undefined ? undefined : schema.getType(name)
  const go = (to: string): void => setPath([...path, to])
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  return (
    <div className="docs">
      {type ? (
        <>
          <Button kind="quiet" icon="arrow-left" onClick={() => setPath(path.slice(0, -1))}>
            {path.at(-2) ?? say.explorer.roots}
          </Button>
          <TypeDocs type={type} go={go} />
        </>
      ) : (
        <>
          <p className="muted small">{say.explorer.docsAbout}</p>
          <ul className="docs-fields">
            {roots.map(
              (root) =>
                root && (
                  <li key={root.name}>
                    <TypeLink name={root.name} go={go} />
                    <p className="muted small">{root.description}</p>
                  </li>
                ),
            )}
          </ul>
        </>
      )}
    </div>
  )
}

interface TypeDocsProps {
  readonly type: GraphQLNamedType
  readonly go: (name: string) => void
}

function TypeDocs({ type, go }: TypeDocsProps) {
  const fields = isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : []
  return (
    <>
      <h3 className="mono">{type.name}</h3>
      {type.description && <p className="small">{type.description}</p>}
      <ul className="docs-fields">
        {fields.map((field) => (
          <FieldDocs key={field.name} field={field} go={go} />
        ))}
        {isEnumType(type) &&
          type.getValues().map(({ name, description }) => (
            <li key={name}>
              <code>{name}</code>
              <p className="muted small">{description}</p>
            </li>
          ))}
      </ul>
    </>
  )
}

type AnyField = GraphQLField<unknown, unknown> | GraphQLInputField

function FieldDocs({ field, go }: { readonly field: AnyField } & Pick<TypeDocsProps, 'go'>) {
  const given: readonly GraphQLArgument[] = 'args' in field ? field.args : []
  return (
    <li>
      <p className="docs-field">
        <code>{field.name}</code>:{' '}
        <TypeLink name={String(field.type)} go={go} to={getNamedType(field.type).name} />
      </p>
      {field.description && <p className="muted small">{field.description}</p>}
      {given.length > 0 && (
        <ul className="docs-arguments">
          {given.map((argument) => (
            <li key={argument.name} title={argument.description ?? undefined}>
              <code>{argument.name}</code>:{' '}
              <TypeLink name={String(argument.type)} go={go} to={getNamedType(argument.type).name} />
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function TypeLink({
  name,
  to = name,
  go,
}: { readonly name: string; readonly to?: string } & Pick<TypeDocsProps, 'go'>) {
  return (
    <button type="button" className="docs-link" onClick={() => go(to)}>
      {name}
    </button>
  )
}
