using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Ingestor.Tables;

/// <summary>The salt of a run's row ids.</summary>
internal static class RowSalt
{
    /// <summary>
    /// The table's, except for a run that replaces a data set: the backend keeps the ids of the former one, so equal
    /// content gets another hash. It is the same in every attempt, and the table's once the run has taken the place.
    /// </summary>
    public static byte[] Of(RunRecord run, byte[] tableSalt) =>
        run.Replaces ? SHA256.HashData([.. tableSalt, .. Encoding.UTF8.GetBytes(run.Key)]) : tableSalt;
}
