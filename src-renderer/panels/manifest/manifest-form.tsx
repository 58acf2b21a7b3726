/** The sections one below the other, with a list of them at the left that says where something is wrong. */
import { useRef, useState } from 'react';
import { Icon } from '../../ui/icon';
import classes from './manifest-form.module.css';
import { useManifestForm } from './manifest-form-context';
import { problemsAt } from './model';
import { SECTIONS, type Section } from './sections';

export function ManifestFormView() {
  const { broken } = useManifestForm();
  const [current, setCurrent] = useState(SECTIONS[0]!.id);
  const elements = useRef(new Map<string, HTMLElement>());

  const show = (id: string) => {
    setCurrent(id);
    elements.current.get(id)?.scrollIntoView({ block: 'start' });
  };

  return (
    <div className={classes.layout}>
      <div className={classes.columns}>
        <nav className={classes.nav} aria-label="Sections">
          {SECTIONS.map((section) => (
            <button
              key={section.id}
              type="button"
              className={classes.navItem}
              aria-current={section.id === current}
              onClick={() => show(section.id)}
            >
              {section.title}
              <ProblemCount section={section} />
            </button>
          ))}
        </nav>
        <div className={classes.sections}>
          {broken && (
            <div role="alert" className={classes.broken}>
              <Icon name="error" />
              The JSON does not parse at present. The form shows what it held last; mend the JSON to go on.
            </div>
          )}
          {SECTIONS.map(({ id, title, intro, component: Component }) => (
            <section
              key={id}
              aria-label={title}
              className={classes.section}
              onFocus={() => setCurrent(id)}
              ref={(element) => {
                if (element !== null) elements.current.set(id, element);
              }}
            >
              <h2>{title}</h2>
              <p className={classes.dim}>{intro}</p>
              <Component />
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}

function ProblemCount({ section }: { readonly section: Section }) {
  const { diagnostics } = useManifestForm();
  const problems = section.pointers.flatMap((pointer) => problemsAt(diagnostics, pointer));
  if (problems.length === 0) return null;
  const severity = problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning';
  return (
    <span
      className={classes.count}
      data-severity={severity}
      title={`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`}
    >
      {problems.length}
    </span>
  );
}
