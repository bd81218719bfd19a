import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { StandingAlert } from '../../watch/decide-system-alerts.js'

/** An alert of a SYSTEM rule that stands until its trouble is over. */
@Entity('system_alerts')
export class SystemAlertRow implements StandingAlert {
  @PrimaryColumn({ type: 'uuid', name: 'rule_id' })
  ruleId!: string

  /** What it is about: an account by its SID, a rule or an action by its id. */
  @PrimaryColumn({ type: 'text', name: 'account_sid' })
  subject!: string

  @Column({ type: 'uuid', name: 'alert_id' })
  alertId!: string
}
