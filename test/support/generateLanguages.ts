/** Large workspaces in the languages beside TypeScript, the same for the same numbers: SQLAlchemy with FastAPI, JPA with Spring Data, EF Core with ASP.NET. */
import { csharp } from './generateCSharp.ts';
import { indices, moduleOf, nameOf, perModule, targetsOf } from './generatedEntities.ts';
import type { LanguageWorkspace } from './generatedEntities.ts';

export function generateLanguages(entities: number): readonly LanguageWorkspace[] {
  return [python(entities), java(entities), csharp(entities)];
}

function python(entities: number): LanguageWorkspace {
  const file = (index: number): string => `app/${moduleOf(index)}/${nameOf(index).toLowerCase()}.py`;
  const middle = Math.floor(entities / 2);
  return {
    name: 'Python (SQLAlchemy, FastAPI)',
    files: [
      {
        path: 'pyproject.toml',
        text: '[project]\nname = "shop"\ndependencies = ["sqlalchemy>=2", "fastapi", "psycopg"]\n',
      },
      { path: 'app/__init__.py', text: '' },
      { path: 'app/base.py', text: pythonBase },
      ...indices(Math.ceil(entities / perModule)).map((each) => ({ path: `app/module${each}/__init__.py`, text: '' })),
      ...indices(entities).flatMap((index) => [
        { path: file(index), text: pythonModel(index) },
        ...(index % 2 === 0
          ? [{ path: `app/${moduleOf(index)}/${nameOf(index).toLowerCase()}_routes.py`, text: pythonRoutes(index) }]
          : []),
        { path: `app/${moduleOf(index)}/${nameOf(index).toLowerCase()}_helpers.py`, text: pythonHelpers(index) },
      ]),
    ],
    typing: {
      path: file(middle),
      before: '    def is_active(',
      text: '    typed: Mapped[str | None] = mapped_column(String(40))\n'.repeat(8),
    },
  };
}

const pythonBase = `from datetime import datetime

from sqlalchemy import DateTime, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Stamped:
    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
`;

function pythonModel(index: number): string {
  const name = nameOf(index);
  const relations = targetsOf(index).map(
    (
      target,
      at,
    ) => `    ref${at}_id: Mapped[int] = mapped_column(ForeignKey("${nameOf(target).toLowerCase()}.id")${at === 0 ? ', index=True' : ''})
    ref${at}: Mapped["${nameOf(target)}"] = relationship(foreign_keys=[ref${at}_id])
`,
  );
  return `"""${name}: one of the tables of the generated shop."""
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import Base, Stamped


class ${name}(Stamped, Base):
    __tablename__ = "${name.toLowerCase()}"
    __table_args__ = (Index("ix_${name.toLowerCase()}_both", "name", "status"),)

    name: Mapped[str] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(20), default="draft")
    total: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    note: Mapped[str | None] = mapped_column(Text)
    rank: Mapped[int] = mapped_column(default=0)
${relations.join('')}
    def is_active(self) -> bool:
        return self.status == "active"
`;
}

function pythonRoutes(index: number): string {
  const name = nameOf(index);
  const path = name.toLowerCase();
  return `from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.${moduleOf(index)}.${path} import ${name}

router = APIRouter(prefix="/${path}")


@router.get("/{id}")
def one(id: int, session: Session = Depends()):
    return session.get(${name}, id)


@router.get("/")
def listed(status: str, page: int = 0, session: Session = Depends()):
    query = select(${name}).where(${name}.status == status).order_by(${name}.created_at.desc())
    return session.scalars(query.offset(page * 20).limit(20)).all()


@router.post("/close")
def close(ids: list[int], session: Session = Depends()):
    rows = session.scalars(select(${name}).where(${name}.id.in_(ids))).all()
    for row in rows:
        row.status = "closed"
        session.add(row)
    session.commit()
    return len(rows)
`;
}

function pythonHelpers(index: number): string {
  return Array.from(
    { length: 12 },
    (_, at) => `def compute_${index}_${at}(values: list[int], factor: float) -> float:
    total = 0.0
    for value in values:
        total += value * factor + ${at}
    return round(total * 100) / 100

`,
  ).join('\n');
}

function java(entities: number): LanguageWorkspace {
  const folder = (index: number): string => `src/main/java/com/shop/${moduleOf(index)}`;
  return {
    name: 'Java (JPA, Spring Data)',
    files: [
      { path: 'pom.xml', text: pom },
      {
        path: 'src/main/resources/application.properties',
        text: 'spring.datasource.url=jdbc:postgresql://localhost/shop\n',
      },
      { path: 'src/main/java/com/shop/Stamped.java', text: javaBase },
      ...indices(entities).flatMap((index) => [
        { path: `${folder(index)}/${nameOf(index)}.java`, text: javaEntity(index) },
        ...(index % 2 === 0
          ? [
              { path: `${folder(index)}/${nameOf(index)}Repository.java`, text: javaRepository(index) },
              { path: `${folder(index)}/${nameOf(index)}Service.java`, text: javaService(index) },
            ]
          : []),
        { path: `${folder(index)}/${nameOf(index)}Helper.java`, text: javaHelper(index) },
      ]),
    ],
    typing: {
      path: `${folder(Math.floor(entities / 2))}/${nameOf(Math.floor(entities / 2))}.java`,
      before: '    public boolean isActive()',
      text: '    @Column(length = 40)\n    private String typed;\n\n'.repeat(8),
    },
  };
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>com.shop</groupId><artifactId>shop</artifactId><version>1</version>
<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency>
<dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId></dependency></dependencies></project>
`;

const javaBase = `package com.shop;

import jakarta.persistence.*;
import java.time.Instant;

@MappedSuperclass
public abstract class Stamped {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(nullable = false)
    private Instant createdAt;

    @Version
    private int version;
}
`;

function javaEntity(index: number): string {
  const name = nameOf(index);
  const imports = targetsOf(index)
    .filter((target) => moduleOf(target) !== moduleOf(index))
    .map((target) => `import com.shop.${moduleOf(target)}.${nameOf(target)};\n`);
  const relations = targetsOf(index).map(
    (target, at) => `    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "ref_${at}_id")
    private ${nameOf(target)} ref${at};

`,
  );
  return `package com.shop.${moduleOf(index)};

import com.shop.Stamped;
${imports.join('')}import jakarta.persistence.*;
import java.math.BigDecimal;

/** One of the tables of the generated shop. */
@Entity
@Table(name = "${name.toLowerCase()}", indexes = @Index(columnList = "name, status"))
public class ${name} extends Stamped {
    public enum Status { DRAFT, ACTIVE, CLOSED }

    @Column(nullable = false, length = 120)
    private String name;

    @Enumerated(EnumType.STRING)
    private Status status = Status.DRAFT;

    @Column(precision = 12, scale = 2)
    private BigDecimal total;

    @Lob
    private String note;

    private int rank;

${relations.join('')}    public boolean isActive() {
        return status == Status.ACTIVE;
    }

    public String getName() {
        return name;
    }

    public void setStatus(Status status) {
        this.status = status;
    }
}
`;
}

function javaRepository(index: number): string {
  const name = nameOf(index);
  return `package com.shop.${moduleOf(index)};

import java.util.List;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.*;

public interface ${name}Repository extends JpaRepository<${name}, Long> {
    Page<${name}> findByStatusOrderByCreatedAtDesc(${name}.Status status, Pageable page);

    @Query("select r from ${name} r join fetch r.ref0 where r.name like :text and r.status = :status")
    List<${name}> search(String text, ${name}.Status status);
}
`;
}

function javaService(index: number): string {
  const name = nameOf(index);
  return `package com.shop.${moduleOf(index)};

import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class ${name}Service {
    private final ${name}Repository rows;

    public ${name}Service(${name}Repository rows) {
        this.rows = rows;
    }

    public ${name} one(Long id) {
        return rows.findById(id).orElseThrow();
    }

    @Transactional
    public int close(List<Long> ids) {
        List<${name}> found = rows.findAllById(ids);
        for (${name} row : found) {
            row.setStatus(${name}.Status.CLOSED);
            rows.save(row);
        }
        return found.size();
    }
}
`;
}

function javaHelper(index: number): string {
  const methods = Array.from(
    { length: 12 },
    (_, at) => `    public static double compute${at}(int[] values, double factor) {
        double total = 0;
        for (int value : values) total += value * factor + ${at};
        return Math.round(total * 100) / 100.0;
    }
`,
  );
  return `package com.shop.${moduleOf(index)};\n\npublic final class ${nameOf(index)}Helper {\n${methods.join('\n')}}\n`;
}
