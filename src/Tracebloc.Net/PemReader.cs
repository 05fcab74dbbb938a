using System.Buffers;
using System.Buffers.Text;

namespace Tracebloc.Net;

/// <summary>
/// Finds the certificates in PEM (RFC 7468). Other blocks, and text around them, are skipped. Nothing is looked at
/// twice, so that the work grows as the text does.
/// </summary>
internal ref struct PemReader(ReadOnlySpan<byte> text)
{
    private const byte NewLine = (byte)'\n';

    private readonly ReadOnlySpan<byte> _text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
    private int _position;

    // The line from its start to the position.
    private bool _isEmpty = true;
    private bool _isBlank = true;

    /// <summary>The DER of the current certificate; null when the block is cut off, or no base64.</summary>
    public byte[]? Der { get; private set; }

    /// <summary>
    /// True when OpenSSL sees the block: its BEGIN line holds nothing else, and its END stands at the start of a line.
    /// </summary>
    public bool FillsLines { get; private set; }

    /// <summary>The bytes that were passed so far, each as often as it was.</summary>
    public int Steps { get; private set; }

    /// <summary>Moves to the next certificate.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool Read()
    {
        while (_text[_position..].IndexOf("-----BEGIN "u8) is >= 0 and var distance)
        {
            Pass(distance);
            var (isEmpty, isBlank) = (_isEmpty, _isBlank);
            Pass("-----BEGIN "u8.Length);
            var label = LabelAt(_position);
            if (label.IsEmpty || !isBlank)
                continue; // another block, or a comment that mentions certificates
            Pass(label.Length);
            ReadBody(label, isEmpty);
            return true;
        }

        return false;
    }

    private void Pass(int count)
    {
        var passed = _text.Slice(_position, count);
        var end = passed.LastIndexOf(NewLine) + 1;
        var ofLine = passed[end..];
        _isEmpty = ofLine.IsEmpty && (end > 0 || _isEmpty);
        _isBlank = ofLine.Trim(" \t\r"u8).IsEmpty && (end > 0 || _isBlank);
        _position += count;
        Steps += count;
    }

    private readonly ReadOnlySpan<byte> LabelAt(int position) =>
        _text[position..].StartsWith("CERTIFICATE-----"u8) ? "CERTIFICATE-----"u8
        : _text[position..].StartsWith("X509 CERTIFICATE-----"u8) ? "X509 CERTIFICATE-----"u8
        : default;

    private void ReadBody(ReadOnlySpan<byte> label, bool startsLine)
    {
        var rest = _text[_position..];
        var length = rest.IndexOf("-----END "u8);
        var body = length < 0 ? rest : rest[..length];
        Pass(body.Length);
        FillsLines = startsLine && body.TrimStart(" \t\r"u8) is [NewLine, ..] && body[^1] == NewLine;
        Der = length >= 0 && rest[(length + "-----END "u8.Length)..].StartsWith(label) ? Decode(body) : null;
    }

    private static byte[]? Decode(ReadOnlySpan<byte> base64)
    {
        var der = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        return Base64.DecodeFromUtf8(base64, der, out _, out var length) == OperationStatus.Done && length > 0
            ? der[..length]
            : null;
    }
}
