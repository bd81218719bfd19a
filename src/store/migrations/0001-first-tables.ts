import type { MigrationInterface, QueryRunner } from 'typeorm'

const tables = [
  `CREATE TABLE accounts (
    sid text NOT NULL,
    demo boolean NOT NULL,
    watched boolean NOT NULL DEFAULT true,
    seeded_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "PK_8b374d033b9b42c6a154cf62603" PRIMARY KEY (sid)
  )`,
  `CREATE TABLE actions (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    rule_id uuid NOT NULL,
    action_type text NOT NULL,
    config jsonb NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT "PK_7bfb822f56be449c0b8adbf83cf" PRIMARY KEY (id)
  )`,
  `CREATE INDEX "IDX_cf8c0e9feed88a02345e3a1325" ON actions (rule_id)`,
  `CREATE TABLE alerts (
    id uuid NOT NULL,
    rule_id uuid NOT NULL,
    log_id uuid,
    transition_id bigint,
    match_count integer NOT NULL DEFAULT 1,
    summary text NOT NULL,
    triggered_at timestamptz NOT NULL,
    resolves_at timestamptz NOT NULL,
    CONSTRAINT "PK_60f895662df096bfcdfab7f4b96" PRIMARY KEY (id)
  )`,
  `CREATE UNIQUE INDEX "IDX_5f426589cb8af315b97b848afa" ON alerts (rule_id, transition_id)`,
  `CREATE INDEX "IDX_ce99e8a80c5038fe9d0a7a1ddd" ON alerts (log_id)`,
  `CREATE INDEX "IDX_58a608298c99491098cfe28549" ON alerts (rule_id, triggered_at, id)`,
  `CREATE INDEX "IDX_db1eb5388c6c3c4cf37b72cbbb" ON alerts (triggered_at, id)`,
  `CREATE TABLE delivery_attempts (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    delivery_id uuid NOT NULL,
    lease_token uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    success boolean NOT NULL DEFAULT false,
    duration_ms integer NOT NULL DEFAULT 0,
    status_code integer,
    error text,
    response text,
    CONSTRAINT "PK_41eba4eb5401d72860f7cd9a7ac" PRIMARY KEY (id)
  )`,
  `CREATE INDEX "IDX_6db0387bcb787867f1c0387449" ON delivery_attempts (delivery_id, id)`,
  `CREATE TABLE deliveries (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    alert_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    log_id uuid,
    action_id uuid NOT NULL,
    kind text NOT NULL DEFAULT 'alert',
    status text NOT NULL DEFAULT 'pending',
    success boolean,
    action_result jsonb,
    triggered_at timestamptz NOT NULL,
    next_attempt_at timestamptz,
    completed_at timestamptz,
    failed_tries integer NOT NULL DEFAULT 0,
    crashed_tries integer NOT NULL DEFAULT 0,
    attempt_count integer NOT NULL DEFAULT 0,
    by_hand boolean NOT NULL DEFAULT false,
    folded_into uuid,
    lease_token uuid,
    lease_until timestamptz,
    CONSTRAINT "PK_a6ef225c5c5f0974e503bfb731f" PRIMARY KEY (id)
  )`,
  `CREATE INDEX "IDX_6c3f2e84ae0d7637a5f90db877" ON deliveries (folded_into) WHERE folded_into IS NOT NULL`,
  `CREATE INDEX "IDX_37df39bccbe32328832bda635e" ON deliveries (rule_id, triggered_at, id)`,
  `CREATE INDEX "IDX_9d284f66bb581276ded095811a" ON deliveries (action_id, status)`,
  `CREATE INDEX "IDX_3c180e8f2d12c30dbffb33c724" ON deliveries (next_attempt_at) WHERE status = 'pending'`,
  `CREATE INDEX "IDX_8120e5d07e1638104cb04a0b55" ON deliveries (triggered_at, id)`,
  `CREATE UNIQUE INDEX "IDX_93fec7b707e897d9a09b812177" ON deliveries (alert_id, action_id) WHERE kind = 'alert'`,
  `CREATE TABLE feed (
    position bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "PK_4b1d5cbf2cd5cf0afcd27351b84" PRIMARY KEY (position)
  )`,
  `CREATE INDEX "IDX_7e906a2b989be27c3cb07621eb" ON feed (at)`,
  `CREATE TABLE logs (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    twilio_sid text NOT NULL,
    account_sid text NOT NULL,
    log_type text NOT NULL,
    timestamp timestamptz NOT NULL,
    status text,
    error_code text,
    error_message text,
    from_number text,
    to_number text,
    text text,
    raw_data jsonb NOT NULL,
    content_hash text NOT NULL,
    changed_at timestamptz,
    processed boolean NOT NULL DEFAULT false,
    backfilled boolean NOT NULL DEFAULT false,
    added_position bigint,
    unfinished_since timestamptz,
    next_read_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "PK_fb1b805f2f7795de79fa69340ba" PRIMARY KEY (id)
  )`,
  `CREATE UNIQUE INDEX "IDX_9c4dab0a7e5af02777040ab2a7" ON logs (twilio_sid)`,
  `CREATE INDEX "IDX_bac653cde7fcca5df98db81c0f" ON logs (next_read_at) WHERE next_read_at IS NOT NULL`,
  `CREATE INDEX "IDX_8a3b5c9e4d061815d28d5ff985" ON logs (error_code, timestamp, id) WHERE error_code IS NOT NULL`,
  `CREATE INDEX "IDX_0b07bf7029b0e7d6b21a54378f" ON logs (log_type, timestamp, id)`,
  `CREATE INDEX "IDX_d35ef1a30f6020f67156887cbd" ON logs (timestamp, id)`,
  `CREATE TABLE log_transitions (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    log_id uuid NOT NULL,
    first boolean NOT NULL,
    status text,
    error_code text,
    error_message text,
    judged boolean NOT NULL DEFAULT false,
    at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "PK_150c08368ea56a623ea9c514812" PRIMARY KEY (id)
  )`,
  `CREATE INDEX "IDX_381071cca6060dcd3b34a24d64" ON log_transitions (id) WHERE NOT judged`,
  `CREATE INDEX "IDX_de61ffcf36cf922699d444b281" ON log_transitions (log_id, id)`,
  `CREATE TABLE poll_cursors (
    account_sid text NOT NULL,
    source text NOT NULL,
    first_read_at timestamptz,
    first_sweep_done boolean NOT NULL DEFAULT false,
    last_sweep_started_at timestamptz,
    last_success_at timestamptz,
    failures integer NOT NULL DEFAULT 0,
    error text,
    next_poll_at timestamptz NOT NULL DEFAULT now(),
    lease_token uuid,
    lease_until timestamptz,
    CONSTRAINT "PK_fdc8ed2885dcc9daf49eb2a4ca9" PRIMARY KEY (account_sid, source)
  )`,
  `CREATE TABLE rules (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL,
    description text,
    enabled boolean NOT NULL DEFAULT true,
    log_type text,
    pattern_type text NOT NULL,
    pattern_value text,
    threshold_count integer,
    threshold_window_minutes integer,
    cooldown_minutes integer NOT NULL DEFAULT 0,
    since_position bigint NOT NULL DEFAULT 0,
    counted_from timestamptz,
    counted_to timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT "PK_10fef696a7d61140361b1b23608" PRIMARY KEY (id)
  )`,
  `CREATE TABLE rule_verdicts (
    rule_id uuid NOT NULL,
    log_id uuid NOT NULL,
    CONSTRAINT "PK_ba87ab9ebb1ff28780accd3e2f5" PRIMARY KEY (rule_id, log_id)
  )`,
  `CREATE INDEX "IDX_0823823bcb070e39a87a96d098" ON rule_verdicts (log_id)`,
  `CREATE TABLE sends (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    key text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "PK_00e5a68482325aaf3532a4db595" PRIMARY KEY (id)
  )`,
  `CREATE INDEX "IDX_71cc816ee49bd16d751f44ec31" ON sends (at)`,
  `CREATE INDEX "IDX_3daf3cb78e6b929e15d3406f7f" ON sends (key, at)`,
  `CREATE TABLE system_state (
    id integer NOT NULL,
    feed_floor bigint NOT NULL DEFAULT 0,
    rule_revision bigint NOT NULL DEFAULT 0,
    CONSTRAINT "PK_afc6c5e2c209e00bc23c78ebdf1" PRIMARY KEY (id)
  )`,
  `CREATE TABLE threshold_episodes (
    id uuid NOT NULL,
    rule_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    holds_until timestamptz NOT NULL,
    match_count integer NOT NULL,
    alerted_count integer NOT NULL,
    alert_id uuid,
    CONSTRAINT "PK_d597709590c3e57783da073d55d" PRIMARY KEY (id)
  )`,
  `CREATE INDEX "IDX_38bc8318c93fde9e13c86702d1" ON threshold_episodes (rule_id, ends_at)`,
  `CREATE TABLE threshold_matches (
    rule_id uuid NOT NULL,
    log_id uuid NOT NULL,
    log_timestamp timestamptz NOT NULL,
    CONSTRAINT "PK_7eef247c704f75f1798e3853747" PRIMARY KEY (rule_id, log_id)
  )`,
  `CREATE INDEX "IDX_7473f89bbdb758e0b746f3a7b1" ON threshold_matches (rule_id, log_timestamp)`,
  `CREATE TABLE unreadable_records (
    digest text NOT NULL,
    account_sid text NOT NULL,
    source text NOT NULL,
    reason text NOT NULL,
    record text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "PK_d7409f5047aae88adf083c6e6b2" PRIMARY KEY (digest)
  )`,
  `INSERT INTO system_state (id) VALUES (1)`,
]

/** The tables of the first release. */
export class FirstTables1763880000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE accounts, actions, alerts, delivery_attempts, deliveries, feed, logs, log_transitions, poll_cursors, rules, rule_verdicts, sends, system_state, threshold_episodes, threshold_matches, unreadable_records`,
    )
  }
}
