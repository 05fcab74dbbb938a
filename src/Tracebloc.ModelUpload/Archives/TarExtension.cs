using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Tracebloc.ModelUpload.Archives;

/// <summary>Fields of the next entry that its own header has no room for: GNU's long names and PAX records.</summary>
internal sealed record TarExtension
{
    public string? Name { get; init; }

    public long? Length { get; init; }

    /// <summary>Completes "Entry … " where the records change what the content means, or cannot be read.</summary>
    public string? Fault { get; init; }

    /// <summary>Reads records <c>LENGTH KEY=VALUE\n</c>.</summary>
    public static TarExtension OfPax(ReadOnlySpan<byte> records, TarExtension known)
    {
        var extension = known;
        while (records.Length > 0)
        {
            var space = records.IndexOf((byte)' ');
            var isLength = int.TryParse(
                records[..Math.Max(space, 0)], NumberStyles.None, CultureInfo.InvariantCulture, out var length);
            if (!isLength || length <= space + 1 || length > records.Length || records[length - 1] != '\n')
                return extension with { Fault = "has PAX records that cannot be read" };
            extension = extension.With(records[(space + 1)..(length - 1)]);
            records = records[length..];
        }

        return extension;
    }

    private TarExtension With(ReadOnlySpan<byte> record)
    {
        var sign = record.IndexOf((byte)'=');
        if (sign <= 0 || !Utf8.IsValid(record))
            return this with { Fault = "has PAX records that cannot be read" };
        var (key, value) = (Encoding.UTF8.GetString(record[..sign]), Encoding.UTF8.GetString(record[(sign + 1)..]));
        if (key.StartsWith("GNU.sparse.", StringComparison.Ordinal))
            return this with { Fault = "is a sparse file; pack it without --sparse" };
        if (key == "path")
            return this with { Name = value };
        if (key != "size")
            return this;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? this with { Length = length }
            : this with { Fault = "has a size that is no number" };
    }
}
