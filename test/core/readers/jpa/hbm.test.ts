import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadJava, readJpa } from './read.ts';
import type { Files } from './read.ts';

const files: Files = [
  [
    'shop/Order.hbm.xml',
    `<?xml version="1.0"?>
<hibernate-mapping package="shop.model">
  <class name="Order" table="orders">
    <id name="id" type="long" column="order_id"><generator class="identity"/></id>
    <version name="revision" type="integer"/>
    <property name="number" length="20" not-null="true" unique="true" index="by_number"/>
    <property name="total" type="big_decimal"><column name="total_amount" precision="12" scale="2"/></property>
    <component name="address" class="Address"><property name="street" column="ship_street" length="100"/></component>
    <many-to-one name="customer" class="Customer" column="customer_id" not-null="true" foreign-key="fk_customer"/>
    <set name="lines" inverse="true"><key column="order_id"/><one-to-many class="Line"/></set>
    <set name="tags" table="order_tags"><key column="order_id"/><many-to-many class="Tag" column="tag_id"/></set>
    <list name="notes" table="order_notes"><key column="order_id"/><list-index column="pos"/><element column="note" type="string" length="80"/></list>
    <joined-subclass name="GiftOrder" table="gift_orders"><key column="order_id"/><property name="card" type="text"/></joined-subclass>
  </class>
  <class name="Customer"><id name="id" type="long"><generator class="native"/></id><discriminator column="kind"/>
    <subclass name="Company" discriminator-value="C"><property name="vat" type="string"/></subclass></class>
  <class name="Line" table="order_lines"><composite-id><key-many-to-one name="order" class="Order" column="order_id"/><key-property name="position" type="int"/></composite-id></class>
  <class name="Tag" table="tags"><id name="code" type="string" length="30"><generator class="assigned"/></id></class>
</hibernate-mapping>`,
  ],
  [
    'shop/model/Order.java',
    'package shop.model; public class Order { private Long id; private int revision; private String number; private Address address; private Customer customer; }',
  ],
];

describe('Mappings in hbm.xml', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadJava();
  });

  it('are tables as annotations would make them', () => {
    const { table, tables } = readJpa(files, syntax, 'mysql');
    assert.deepEqual(tables.map(({ name }) => name).sort(), [
      'Customer',
      'gift_orders',
      'order_lines',
      'order_notes',
      'order_tags',
      'orders',
      'tags',
    ]);
    assert.deepEqual(
      table('orders').columns.map(({ name, type, nullable, property }) => [name, type, nullable, property]),
      [
        ['order_id', 'int64', false, 'id'],
        ['revision', 'int32', false, 'revision'],
        ['number', 'string', false, 'number'],
        ['total_amount', 'decimal', true, 'total'],
        ['ship_street', 'unknown', true, 'address.street'],
        ['customer_id', 'int64', false, null],
      ],
    );
    assert.equal(table('orders').columns[0]?.generated?.kind, 'increment');
    assert.deepEqual(
      table('orders').foreignKeys.map(({ name, columns, references }) => [name, columns, references.table]),
      [['fk_customer', ['customer_id'], 'Customer']],
    );
    assert.deepEqual(
      table('orders').indexes.map(({ name, columns }) => [name, columns]),
      [['by_number', ['number']]],
    );
    assert.deepEqual(
      table('Customer').columns.map(({ name }) => name),
      ['id', 'kind', 'vat'],
    );
    assert.equal(table('Customer').inheritance?.strategy, 'single-table');
    assert.deepEqual(table('gift_orders').primaryKey, ['order_id']);
    assert.deepEqual(table('gift_orders').foreignKeys[0]?.references, {
      table: 'orders',
      namespace: null,
      columns: ['order_id'],
    });
    assert.deepEqual([...table('order_lines').primaryKey].sort(), ['order_id', 'position']);
    assert.deepEqual(
      table('order_tags').columns.map(({ name }) => name),
      ['order_id', 'tag_id'],
    );
    assert.deepEqual([...table('order_notes').primaryKey].sort(), ['order_id', 'pos']);
  });

  it('refer to a joined subclass by the name that its own table has for the key, and take java.util.Date for a moment', () => {
    const { table } = readJpa(
      [
        [
          'shop/Visit.hbm.xml',
          `<hibernate-mapping package="shop.model">
  <class name="Person" table="person"><id name="id" type="int" column="person_id"><generator class="native"/></id>
    <property name="born" type="java.util.Date" column="born"/>
    <property name="day" type="java.sql.Date" column="day"/></class>
  <joined-subclass name="Patient" extends="Person" table="patient"><key column="patient_id"/></joined-subclass>
  <class name="Visit" table="visit"><id name="id" type="int" column="visit_id"><generator class="native"/></id>
    <many-to-one name="patient" class="Patient" column="patient_id"/>
    <set name="others" table="visit_others"><key column="visit_id"/><many-to-many class="Patient" column="other_id"/></set></class>
</hibernate-mapping>`,
        ],
      ],
      syntax,
      'mysql',
    );
    assert.deepEqual(
      table('person').columns.map(({ rawType }) => rawType),
      ['integer', 'datetime', 'date'],
    );
    assert.deepEqual(table('patient').foreignKeys[0]?.references.columns, ['person_id']);
    assert.deepEqual(table('visit').foreignKeys[0]?.references, {
      table: 'patient',
      namespace: null,
      columns: ['patient_id'],
    });
    const others = table('visit_others').foreignKeys.find(({ columns }) => columns[0] === 'other_id');
    assert.deepEqual([others?.references.columns, others?.enforced], [['patient_id'], true]);
  });

  it('of .NET are left to their own reader', () => {
    const text =
      '<hibernate-mapping xmlns="urn:nhibernate-mapping-2.2" assembly="Shop"><class name="A"><id name="Id"/></class></hibernate-mapping>';
    assert.deepEqual(readJpa([['A.hbm.xml', text]], syntax).tables, []);
  });
});
