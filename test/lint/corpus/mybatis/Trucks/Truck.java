package org.example.stock;

public record Truck(Long id, String plate, String tour, boolean loaded) {}
