namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>Where in the tail a stream's record lies, for the index of the segment it will be written to.</summary>
/// <param name="Stream">Whose it is.</param>
/// <param name="Range">Its numbers; cause 0: samples, else a gap.</param>
/// <param name="At">Its offset in the tail.</param>
internal readonly record struct TailRecord(LogStream Stream, LogGap Range, int At);
