import { useState } from 'react'
import { Icon } from '../components/icon.js'
import { Segments } from '../components/segments.js'
import { say } from '../strings.js'
import { useZone, type Zone } from '../time/zone.js'
import { applyTheme, readTheme, type Theme } from './theme.js'

/** What each reader chooses for this device: the zone of times, and the colours. */
export function Preferences() {
  const { zone, choose } = useZone()
  const [theme, setTheme] = useState<Theme>(readTheme)
  return (
    <div className="preferences">
      <Segments<Zone>
        label={say.shell.zone}
        value={zone}
        options={[
          { value: 'local', text: say.shell.zoneLocal },
          { value: 'utc', text: say.shell.zoneUtc },
        ]}
        choose={choose}
      />
      <Segments<Theme>
        label={say.shell.theme}
        value={theme}
        options={[
          { value: 'auto', text: <Icon name="contrast" />, title: say.shell.themeAuto },
          { value: 'light', text: <Icon name="sun" />, title: say.shell.themeLight },
          { value: 'dark', text: <Icon name="moon" />, title: say.shell.themeDark },
        ]}
        choose={(chosen) => {
          applyTheme(chosen)
          setTheme(chosen)
        }}
      />
    </div>
  )
}
