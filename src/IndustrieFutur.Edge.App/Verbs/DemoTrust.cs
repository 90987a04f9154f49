using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>
/// The certificates of the demonstration, all in its data folder: the edge and the simulated cobot trust each other's, for both are this
/// program. With a real device a person compares thumbprints (<c>ifedge cert trust</c>).
/// </summary>
/// <param name="dataFolder">The edge's data folder.</param>
internal sealed class DemoTrust(string dataFolder)
{
    /// <summary>Where the simulated cobot keeps its certificates.</summary>
    public string CobotFolder { get; } = Path.Combine(dataFolder, "simulators", "cobot");

    /// <summary>Makes the data folder, for this user alone. Refuses as a run does when another process works in it or nobody can write there.</summary>
    public void Prepare() => DataDirectory.Own(dataFolder).Dispose();

    /// <summary>Once the cobot's server has made its certificate.</summary>
    /// <param name="edge">The edge's id.</param>
    /// <param name="device">The device that reads the cobot; null when somebody has taken it out.</param>
    public void Establish(string edge, OpcUaOptions? device)
    {
        try
        {
            var (ours, cobots) = (new PkiStore(PkiPlace.Of(dataFolder)), new PkiStore(PkiPlace.Of(CobotFolder)));
            using var own = ours.LoadOrCreateOwn(new OwnCertificateRequest { Edge = edge, ApplicationUri = device?.ApplicationUri });
            cobots.Trust(own.Certificate.RawDataMemory);
            foreach (var certificate in cobots.List().Where(certificate => certificate.Place == CertificatePlace.Own))
            {
                ours.Trust(certificate.Der);
            }
        }
        catch (PkiException cause)
        {
            throw new VerbFailedException(ExitCode.CannotConnect, cause.Message);
        }
    }
}
