package org.example.stock;

import java.time.OffsetDateTime;

public record StockEntry(Long articleId, String shelf, int pieces, OffsetDateTime countedAt) {}
