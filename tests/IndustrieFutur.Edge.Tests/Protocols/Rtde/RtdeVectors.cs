namespace IndustrieFutur.Edge.Tests.Protocols.Rtde;

/// <summary>An exchange as it stands in the public description of RTDE: a controller of version 5.25.1.0, three fields at 125 Hz.</summary>
internal static class RtdeVectors
{
    public static readonly string[] Names = ["timestamp", "actual_q", "robot_mode"];

    public static readonly byte[] AskVersion = Convert.FromHexString("0005560002");
    public static readonly byte[] VersionAccepted = Convert.FromHexString("00045601");
    public static readonly byte[] VersionRefused = Convert.FromHexString("00045600");
    public static readonly byte[] AskController = Convert.FromHexString("000376");
    public static readonly byte[] Controller = Convert.FromHexString("00137600000005000000190000000100000000");
    public static readonly byte[] AskRecipe = [.. Convert.FromHexString("00284F405F400000000000"), .. "timestamp,actual_q,robot_mode"u8];
    public static readonly byte[] Recipe = [.. Convert.FromHexString("00194F01"), .. "DOUBLE,VECTOR6D,INT32"u8];
    public static readonly byte[] AskStart = Convert.FromHexString("000353");
    public static readonly byte[] Started = Convert.FromHexString("00045301");
    public static readonly byte[] Text = [.. Convert.FromHexString("000F4D05"), .. "hello"u8, 4, .. "edge"u8, 3];

    /// <summary>Timestamp 12.5, q = 0, -pi/2, +pi/2, 0, 0, 0, robot_mode 7.</summary>
    public static readonly byte[] Package = Convert.FromHexString(
        "0040550140290000000000000000000000000000BFF921FB54442D183FF921FB54442D18" + new string('0', 48) + "00000007");

    public static readonly byte[] Handshake = [.. VersionAccepted, .. Controller, .. Recipe, .. Started];
}
