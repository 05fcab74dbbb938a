using System.Globalization;
using MySqlConnector;

namespace Tracebloc.Database;

/// <summary>The current row of an answer; its columns are counted from 0.</summary>
public readonly struct SqlRow
{
    private readonly MySqlDataReader _reader;

    internal SqlRow(MySqlDataReader reader) => _reader = reader;

    /// <summary>True for NULL.</summary>
    public bool IsNull(int column) => _reader.IsDBNull(column);

    /// <summary>The value as text; NULL is an error.</summary>
    public string Text(int column) => TextOrNull(column)
        ?? throw new InvalidCastException($"Column {column} is NULL.");

    /// <summary>The value as text, in the invariant form; null for NULL.</summary>
    public string? TextOrNull(int column) =>
        _reader.IsDBNull(column) ? null : Convert.ToString(_reader.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>The value as a whole number; NULL is an error.</summary>
    public long Number(int column) => Convert.ToInt64(_reader.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>The value as a whole number; null for NULL.</summary>
    public long? NumberOrNull(int column) => _reader.IsDBNull(column) ? null : Number(column);

    /// <summary>The value as a whole number without sign, of a BIGINT UNSIGNED; NULL is an error.</summary>
    public ulong Unsigned(int column) => _reader.GetUInt64(column);

    /// <summary>The bytes; null for NULL.</summary>
    public byte[]? BytesOrNull(int column) =>
        _reader.IsDBNull(column) ? null : _reader.GetFieldValue<byte[]>(column);

    /// <summary>A time that was stored in UTC; NULL is an error.</summary>
    public DateTimeOffset Time(int column) =>
        new(DateTime.SpecifyKind(_reader.GetDateTime(column), DateTimeKind.Utc));

    /// <inheritdoc cref="Time"/>
    /// <returns>Null for NULL.</returns>
    public DateTimeOffset? TimeOrNull(int column) => _reader.IsDBNull(column) ? null : Time(column);
}
