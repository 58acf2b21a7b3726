/** How many problems there are, for the tab's title; nothing where there are none. */
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { Chip } from '../../ui/chip';
import { countProblems } from './model';

export function useProblemCounts() {
  const { plugins, problems } = useStores();
  const opened = useStore(plugins, (state) => state.plugins);
  const diagnostics = useStore(problems, (state) => state.problems);
  return countProblems(opened, diagnostics);
}

export function ProblemCount() {
  const { total } = useProblemCounts();
  return total > 0 && <Chip>{total}</Chip>;
}
