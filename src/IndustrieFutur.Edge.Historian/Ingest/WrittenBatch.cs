namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>A batch that the store was given and has not confirmed yet: kept, because the store may still lose it.</summary>
internal sealed record WrittenBatch(long Write, StoreBatch Batch, List<Fate> Fates);
