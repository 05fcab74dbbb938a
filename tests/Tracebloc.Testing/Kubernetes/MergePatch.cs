using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>RFC 7386.</summary>
internal static class MergePatch
{
    internal static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null) target.Remove(name);
            else if (value is not JsonObject map) target[name] = value.DeepClone();
            else
            {
                if (target[name] is not JsonObject child) target[name] = child = [];
                Apply(child, map);
            }
        }
    }
}
