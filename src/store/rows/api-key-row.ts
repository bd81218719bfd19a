import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { ApiKey } from '../../keys/api-key.js'
import type { ApiScope } from '../../keys/scope.js'

@Entity('api_keys')
export class ApiKeyRow implements ApiKey {
  @PrimaryColumn({ type: 'uuid' })
  id!: string

  @Column({ type: 'text' })
  name!: string

  @Column({ type: 'text', array: true })
  scopes!: ApiScope[]

  /** SHA-256 of the secret part. */
  @Column({ type: 'bytea' })
  hash!: Buffer

  @Column({ type: 'text' })
  hint!: string

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date

  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true })
  expiresAt!: Date | null

  @Column({ type: 'timestamptz', name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null

  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true })
  revokedAt!: Date | null
}
