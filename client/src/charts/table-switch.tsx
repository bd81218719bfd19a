import { Button } from '../components/button.js'
import { say } from '../strings.js'

interface TableSwitchProps {
  /** Of the chart. */
  readonly title: string
  readonly isTable: boolean
  set(isTable: boolean): void
}

/** From the drawing of some figures to their table, and back. */
export function TableSwitch({ title, isTable, set }: TableSwitchProps) {
  return (
    <Button
      kind="quiet"
      icon={isTable ? 'chart' : 'table'}
      aria-label={isTable ? say.chart.asChart(title) : say.chart.asTable(title)}
      title={isTable ? say.chart.chart : say.chart.table}
      onClick={() => set(!isTable)}
    />
  )
}
