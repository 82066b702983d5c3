import assert from 'node:assert/strict';
import { attributeRange, childrenNamed, parseXml, textOf } from '../../../src/core/syntax/xml.ts';

const mapper = `<?xml version="1.0"?>
<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "mybatis-3-mapper.dtd">
<mapper namespace="shop.OrderMapper">
  <!-- <select id="old"/> -->
  <select id='find' resultType="Order">select * from orders where a &lt; 3 <if test="id != null">and id = #{id}</if></select>
  <sql id="all"><![CDATA[ a < b ]]></sql>
</mapper>`;

describe('XML', () => {
  it('gives elements with attributes and places', () => {
    const [root, ...others] = parseXml(mapper);
    assert.ok(root);
    assert.deepEqual(others, []);
    assert.equal(root.name, 'mapper');
    assert.equal(mapper.slice(root.start, root.tagEnd), '<mapper namespace="shop.OrderMapper">');
    assert.equal(mapper.slice(root.end - 9, root.end), '</mapper>');
    const [select, ...rest] = childrenNamed(root, 'select');
    assert.ok(select);
    assert.equal(rest.length, 0);
    assert.equal(textOf(select), 'select * from orders where a < 3 and id = #{id}');
    const { start, end } = attributeRange(mapper, select, 'id');
    assert.equal(mapper.slice(start, end), 'find');
    const [sql] = childrenNamed(root, 'sql');
    assert.equal(sql && textOf(sql), ' a < b ');
  });

  it('keeps the place of a text', () => {
    const [root] = parseXml('<a>\n  <b>x &amp; y</b></a>');
    const b = root && childrenNamed(root, 'b')[0];
    assert.deepEqual(b?.children, [{ name: null, text: 'x & y', start: 9 }]);
  });

  it('reads every beginning of a file without a throw, and any depth', () => {
    for (let cut = 0; cut <= mapper.length; cut++) parseXml(mapper.slice(0, cut));
    const [deep] = parseXml('<a>'.repeat(10_000));
    assert.equal(deep && textOf(deep), '');
  });
});
