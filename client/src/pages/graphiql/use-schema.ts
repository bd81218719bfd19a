import { useQuery } from '@tanstack/react-query'
import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql'
import type { ApiError } from '../../api/api-error.js'
import { TypedDocumentString } from '../../api/documents.js'
import type { Shown } from '../../api/use-answer.js'
import { useSession } from '../../app/session.js'

const IntrospectionDocument = new TypedDocumentString<IntrospectionQuery, Readonly<Record<string, never>>>(
  getIntrospectionQuery(),
)

/** The schema that the server tells of: it stays as it is until the connection was cut, when another server may have come. */
export function useSchema(): Shown<GraphQLSchema> {
  const { api } = useSession()
  const { data, error, dataUpdatedAt, refetch } = useQuery<GraphQLSchema, ApiError>({
    queryKey: ['Schema'],
    queryFn: async ({ signal }) => buildClientSchema(await api.ask(IntrospectionDocument, {}, signal)),
    staleTime: Infinity,
    structuralSharing: false,
  })
  return { data, error, dataUpdatedAt, refetch }
}
