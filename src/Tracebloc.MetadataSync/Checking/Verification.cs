using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>Compares the objects of several kinds with their rows, one kind after another.</summary>
internal sealed class Verification(CheckSetup setup, KindSet kinds)
{
    /// <param name="found">Takes a line for each object or row that differs, as soon as it is found.</param>
    /// <param name="token">Ends the comparison.</param>
    /// <returns>The result of each kind, in their order.</returns>
    /// <exception cref="KubernetesException">The API server could not be asked.</exception>
    /// <exception cref="DatabaseException">The database could not be asked.</exception>
    public async Task<IReadOnlyList<VerifiedKind>> RunAsync(Action<string> found, CancellationToken token)
    {
        var check = await setup.Pool.UseAsync(session => SchemaCheck.ReadAsync(session, kinds, token), token);
        var results = new List<VerifiedKind>();
        foreach (var schema in check.Kinds)
        {
            var problem = string.Join("; ", [.. check.Missing, .. schema.Missing]);
            results.Add(problem.Length > 0
                ? new VerifiedKind(schema.Kind) { Problem = problem }
                : await new KindVerification(setup, schema, found).RunAsync(token));
        }

        return results;
    }
}
