import { say } from '../../strings.js'

const names = say.explorer.exampleNames

/** An operation with the variables that it takes, under a name. */
export interface Example {
  readonly name: string
  readonly query: string
  /** JSON; empty where it takes none. */
  readonly variables: string
}

/** What people ask first. Each runs as it is on a fresh installation; `test/client/explorer.test.ts` holds them against the schema. */
export const examples: readonly Example[] = [
  {
    name: names.failedMessages,
    query: `query FailedMessages($filter: LogFilter) {
  logs(filter: $filter, first: 10) {
    totalCount
    nodes {
      timestamp
      twilioSid
      status
      errorCode
      errorMessage
      toNumber
    }
  }
}
`,
    variables: `{
  "filter": { "logType": ["MESSAGE"], "status": ["failed", "undelivered"] }
}`,
  },
  {
    name: names.firing,
    query: `query Firing {
  alerts(filter: { state: [FIRING] }, first: 20) {
    nodes {
      triggeredAt
      summary
      matchCount
      rule {
        name
      }
      deliveries {
        status
        attemptCount
      }
    }
  }
}
`,
    variables: '',
  },
  {
    name: names.newLogs,
    query: `subscription NewLogs {
  logAdded {
    cursor
    log {
      logType
      timestamp
      status
      errorCode
      toNumber
    }
  }
}
`,
    variables: '',
  },
  {
    name: names.newAlerts,
    query: `subscription NewAlerts {
  alertTriggered {
    cursor
    alert {
      triggeredAt
      summary
      rule {
        name
      }
    }
  }
}
`,
    variables: '',
  },
  {
    name: names.rules,
    query: `query Rules {
  rules {
    name
    enabled
    patternType
    patternValue
    actions {
      actionType
      config
    }
  }
}
`,
    variables: '',
  },
  {
    name: names.makeRule,
    query: `mutation MakeRule($input: CreateRuleInput!) {
  createRule(input: $input) {
    rule {
      id
      name
    }
    warnings
  }
}
`,
    variables: `{
  "input": {
    "name": "Messages blocked as spam",
    "logType": "MESSAGE",
    "patternType": "ERROR_CODE",
    "patternValue": "30007",
    "cooldownMinutes": 10,
    "actions": [{ "actionType": "LOG", "config": { "level": "warn" } }]
  }
}`,
  },
  {
    name: names.health,
    query: `query Health {
  health {
    status
    version
    messages
    sources {
      source
      lastSuccessAt
      lagSeconds
      error
    }
  }
}
`,
    variables: '',
  },
]
