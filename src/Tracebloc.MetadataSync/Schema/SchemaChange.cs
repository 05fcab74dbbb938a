using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.MetadataSync.Schema;

/// <summary>
/// One step of a migration. It may be repeated, and nothing is lost when the program ends in the middle.
/// </summary>
/// <param name="Name">The table, and the change: <c>model: add evicted_time</c>.</param>
/// <param name="Sql">The statement, or the one that a filling repeats for each batch of rows.</param>
internal sealed record SchemaChange(string Name, string Sql)
{
    // The history has no room for more.
    private const int LongestName = 255;

    public string Name { get; } = Name.Length <= LongestName ? Name : $"{Name[..(LongestName - 1)]}…";

    /// <summary>The statement where the server cannot do the first one in that way; null: there is no other.</summary>
    public string? Otherwise { get; init; }

    /// <summary>The rows to fill; null for a statement.</summary>
    public Filling? Filling { get; init; }

    /// <summary>SHA-256 of the statement, in 64 hexadecimal digits.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}
