using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Database;

/// <summary>
/// One step of a schema. It is one statement that may be repeated, as CREATE TABLE IF NOT EXISTS, or that adds columns:
/// no server rolls back a change of a schema.
/// </summary>
/// <param name="Version">Its place in the order, from 1.</param>
/// <param name="Name">A short name.</param>
/// <param name="Sql">The statement.</param>
public sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>SHA-256 of the statement, in 64 hexadecimal digits.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}
