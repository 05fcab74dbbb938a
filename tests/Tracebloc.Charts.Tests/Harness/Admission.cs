using System.Text.Json.Nodes;
using Cel;

namespace Tracebloc.Charts.Tests.Harness;

/// <summary>
/// Evaluates a rendered ValidatingAdmissionPolicy as an API server does: by its CEL, for one request. Resource rules
/// and the binding are the caller's.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/"/>
internal sealed class Admission(Node policy)
{
    /// <param name="user">Who asks, for example <c>system:serviceaccount:tracebloc:acme-jobs-manager</c>.</param>
    /// <param name="resource">Plural, for example <c>jobs</c>.</param>
    /// <param name="manifest">The object, as JSON.</param>
    /// <returns>Why it is refused; null where it is admitted.</returns>
    public string? Refuse(string user, string resource, string manifest)
    {
        var variables = new Dictionary<string, object?>
        {
            ["request"] = Value(new JsonObject
            {
                ["userInfo"] = new JsonObject { ["username"] = user },
                ["resource"] = new JsonObject { ["resource"] = resource },
            }),
            ["object"] = Value(JsonNode.Parse(manifest)),
        };
        return policy["matchConditions"].Items.All(condition => IsTrue(condition, variables))
            ? policy["validations"].Items.FirstOrDefault(rule => !IsTrue(rule, variables))?["message"].Text
            : null;
    }

    private static bool IsTrue(Node rule, Dictionary<string, object?> variables) =>
        new CelEnvironment([], "").Program(rule["expression"].Text, variables) is true;

    private static object? Value(JsonNode? node) => node switch
    {
        JsonObject map => map.ToDictionary(pair => pair.Key, pair => Value(pair.Value)),
        null => null,
        _ => node.GetValue<string>(),
    };
}
