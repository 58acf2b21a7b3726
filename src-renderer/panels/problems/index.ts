export { ProblemCount, useProblemCounts } from './problem-count';
export { ProblemsPanel } from './problems-panel';
