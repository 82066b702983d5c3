import type { Badge } from '../../../src/core/diagram/model.ts';
import { badgeGlyphs, glyphSize } from '../../../src/core/diagram/glyphs.ts';
import { glyphTitles } from '../../canvas/glyphs.ts';
import { t } from '../../l10n.ts';
import './Marks.css';

/** A row's mark as the canvas draws it. */
export function Mark({ badge }: { readonly badge: Badge }) {
  return (
    <svg
      className={`mark mark-${badge}`}
      width="13"
      height="13"
      viewBox={`0 0 ${glyphSize} ${glyphSize}`}
      role="img"
      aria-label={t(glyphTitles[badge])}
    >
      <title>{t(glyphTitles[badge])}</title>
      <path
        d={badgeGlyphs[badge]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

export function Marks({ badges }: { readonly badges: readonly Badge[] }) {
  return (
    <span className="marks">
      {badges.map((badge) => (
        <Mark key={badge} badge={badge} />
      ))}
    </span>
  );
}
