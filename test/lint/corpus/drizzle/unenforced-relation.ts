import { relations } from 'drizzle-orm';
import { bigint, integer, pgTable, pgView, serial, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';

export const clinics = pgTable('clinics', {
  id: uuid('id').defaultRandom().primaryKey(),
  name: varchar('name', { length: 120 }).notNull(),
});

export const vets = pgTable('vets', {
  id: serial('id').primaryKey(),
  clinicId: uuid('clinic_id').notNull().references(() => clinics.id),
  name: varchar('name', { length: 120 }).notNull(),
});

export const owners = pgTable('owners', {
  id: serial('id').primaryKey(),
  clinicId: uuid('clinic_id').notNull(),
  mentorId: integer('mentor_id'),
});

export const pets = pgTable('pets', {
  id: serial('id').primaryKey(),
  ownerId: integer('owner_id').notNull(),
  chip: varchar('chip', { length: 15 }).unique(),
});

export const visits = pgTable('visits', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  petId: integer('pet_id').notNull().references(() => pets.id, { onDelete: 'cascade' }),
  vetId: integer('vet_id'),
  at: timestamp('at', { withTimezone: true }).notNull(),
});

export const invoices = pgTable('invoices', {
  id: serial('id').primaryKey(),
  visitId: bigint('visit_id', { mode: 'number' }).notNull(),
});

export const remarks = pgTable('remarks', {
  id: serial('id').primaryKey(),
  subjectType: varchar('subject_type', { length: 20 }).notNull(),
  subjectId: integer('subject_id').notNull(),
  text: text('text').notNull(),
});

// bad: a relation to one, nothing on the column
export const petsRelations = relations(pets, ({ one, many }) => ({
  owner: one(owners, { fields: [pets.ownerId], references: [owners.id] }), // expect
  visits: many(visits),
}));

// bad: a key of text or UUID is no reference either
export const ownersRelations = relations(owners, ({ one, many }) => ({
  clinic: one(clinics, { fields: [owners.clinicId], references: [clinics.id] }), // expect
  // bad: to the table itself
  mentor: one(owners, { fields: [owners.mentorId], references: [owners.id] }), // expect
  pets: many(pets),
}));

// bad: one of two relations has its constraint, the other has not
export const visitsRelations = relations(visits, ({ one }) => ({
  // trap: the column says what it refers to
  pet: one(pets, { fields: [visits.petId], references: [pets.id] }),
  vet: one(vets, { fields: [visits.vetId], references: [vets.id] }), // expect
}));

// bad: a key of 64 bits
export const invoicesRelations = relations(invoices, ({ one }) => ({
  visit: one(visits, { fields: [invoices.visitId], references: [visits.id] }), // expect
}));

// trap: the inverse side holds no key
export const clinicsRelations = relations(clinics, ({ many }) => ({
  owners: many(owners),
  vets: many(vets),
}));

// trap: what the column refers to is stated there
export const vetsRelations = relations(vets, ({ one }) => ({
  clinic: one(clinics, { fields: [vets.clinicId], references: [clinics.id] }),
}));

// trap: one column for two kinds of row, which no constraint can name
export const remarksRelations = relations(remarks, ({ one }) => ({
  pet: one(pets, { fields: [remarks.subjectId], references: [pets.id] }),
  visit: one(visits, { fields: [remarks.subjectId], references: [visits.id] }),
}));

export const tags = pgTable('tags', { id: serial('id').primaryKey(), label: text('label').notNull() });

// trap: no relation, and names alone prove nothing
export const labels = pgTable('labels', { id: serial('id').primaryKey(), tagId: integer('tag_id') });

export const chipReadings = pgTable('chip_readings', {
  id: serial('id').primaryKey(),
  tagId: integer('tag_id').notNull().unique().references(() => tags.id),
});

// trap: the other side holds the key
export const tagsRelations = relations(tags, ({ one }) => ({
  reading: one(chipReadings, { fields: [tags.id], references: [chipReadings.tagId] }),
}));
