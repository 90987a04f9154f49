namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>Whether the sampling loop asks the kernel for privileges.</summary>
public enum RealTimeMode
{
    /// <summary>Asks for them, and goes on without those that are refused.</summary>
    Auto,

    /// <summary>Asks for none.</summary>
    Off,
}
