/**
 * What fields of business and regimes expect to find in a database, by the names that people give it. Data for rules and reviews, so that all of them mean the
 * same tables by a tenant, a trail of changes, amounts of money and data that only grows.
 */

/** Tables whose rows are the customers that all other rows belong to (SaaS). */
export const tenantTable =
  /^(?:tenants?|organi[sz]ations?|workspaces?|accounts?|companies|company|teams?|customers?_?accounts?)$/iu;

/** Tables that keep who changed what (HIPAA, PCI DSS, SOX). */
export const trailOfChanges = /audit|_history$|_log$|_logs$|_revisions?$|_aud$|_versions?$|journal/iu;

/** Tables that keep who has read what (HIPAA, PCI DSS). */
export const trailOfAccess = /access_?(?:log|event|record|audit)|read_?(?:log|audit)|view_?log/iu;

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Nouns of tables that rows are only added to, fast: events, ledgers, measurements (IoT). */
export const growingNouns = words(
  'event log audit history entry movement message notification transaction measurement metric reading sample visit click impression view telemetry trace session change activity',
);

/** Words of columns that hold amounts of money (e-commerce, fintech, SOX). */
export const moneyWords = words(
  'amount price cost balance fee fees total subtotal salary wage revenue payment payout refund deposit credit debit invoice surcharge tip budget turnover charge money',
);
