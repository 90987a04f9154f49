using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>
/// A message that an order sends: text with at most one number in it. All but the number is made when the configuration is read, and a number
/// is digits, a sign and a point, so that nothing else can be said to the device.
/// </summary>
internal sealed partial class FramedMessage
{
    /// <summary>Every character that a number is written with.</summary>
    public const string NumberCharacters = "0123456789-.";

    /// <summary>Below it each whole number is written as it is; no device has a setting beyond.</summary>
    private const double ValueMax = 1e15;

    /// <summary>Without a form: as many decimals as the value has.</summary>
    private const string UsualForm = "0.##########";

    private readonly byte[] _before;
    private readonly byte[] _after;
    private readonly string _form;
    private readonly bool _isOfOneLength;

    private FramedMessage(byte[] before, byte[] after, Match place)
    {
        (_before, _after, HasValue) = (before, after, place.Success);
        var form = place.Groups["form"].Value;
        _isOfOneLength = form.StartsWith("00", StringComparison.Ordinal);
        _form = form.Length > 0 ? form : UsualForm;
    }

    /// <summary>It carries a number.</summary>
    public bool HasValue { get; }

    /// <summary>False with a sentence when it is no message that an order could send.</summary>
    public static bool TryParse(string send, [NotNullWhen(true)] out FramedMessage? message, out string error)
    {
        ArgumentNullException.ThrowIfNull(send);
        message = null;
        var places = PlacePattern().Matches(send);
        if (places.Count > 1)
        {
            error = "has more than one place for a value, and an order carries one; write one {value}, and the rest as it is";
            return false;
        }

        var place = places.Count == 1 ? places[0] : Match.Empty;
        var (before, after) = place.Success ? (send[..place.Index], send[(place.Index + place.Length)..]) : (send, "");
        if ((before + after).AsSpan().ContainsAny('{', '}'))
        {
            error = "has a brace that is no place for a value; write {value}, or with a form {value:0.0} or {value:000}, and \\x7B or \\x7D for a brace itself";
            return false;
        }

        if (!TryParsePiece(before, out var head, out error) || !TryParsePiece(after, out var tail, out error))
        {
            return false;
        }

        message = new FramedMessage(head, tail, place);
        return true;
    }

    /// <summary>Why a number cannot be written into it, and what to write instead; null when it can.</summary>
    public string? MistakeIn(double value)
    {
        if (!HasValue)
        {
            return null;
        }

        if (!(Math.Abs(value) < ValueMax))
        {
            return "is no number that a message carries; write one below 1e15";
        }

        return _isOfOneLength && TextOf(value).Length != _form.Length
            ? $"is longer than \"{_form}\", the form of the message; write a value that has as many digits and no sign, or \"0\" as the form"
            : null;
    }

    /// <summary>Whether these bytes, which end a message of the device, stand in the middle of it.</summary>
    public bool Contains(ReadOnlySpan<byte> bytes) =>
        _before.AsSpan().IndexOf(bytes) >= 0 || _after.AsSpan().IndexOf(bytes) >= 0;

    /// <summary>The whole of it as it goes over the line. The value was asked for mistakes.</summary>
    public byte[] Bytes(FrameSettings frame, double value)
    {
        byte[] number = HasValue ? Encoding.ASCII.GetBytes(TextOf(value)) : [];
        return FrameWriter.Write(frame, [.. _before, .. number, .. _after]);
    }

    private static bool TryParsePiece(string piece, [NotNullWhen(true)] out byte[]? bytes, out string error)
    {
        if (!FrameText.TryParse(piece, out bytes, out error))
        {
            return false;
        }

        var control = Array.FindIndex(bytes, static one => char.IsControl((char)one));
        if (control < 0)
        {
            return true;
        }

        error = $"has the control character \\x{bytes[control]:X2}: the frame adds what begins and ends the message, and a message holds no other; remove it";
        return false;
    }

    /// <summary>The same on every machine. A zero has no sign: few devices read "-0".</summary>
    private string TextOf(double value)
    {
        var text = value.ToString(_form, CultureInfo.InvariantCulture);
        return text[0] == '-' && !text.AsSpan().ContainsAnyInRange('1', '9') ? text[1..] : text;
    }

    [GeneratedRegex(@"\{value(:(?<form>0{1,15}(\.0{1,10})?))?\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PlacePattern();
}
