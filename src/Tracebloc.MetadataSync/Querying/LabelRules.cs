using System.Text.RegularExpressions;
using Tracebloc.Kubernetes;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>The keys and values that labels may have.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set"/>
internal static partial class LabelRules
{
    private const int Longest = 63;

    public static bool IsKey(string key) => key.Split('/') switch
    {
        [var name] => IsName(name),
        [var prefix, var name] => KubernetesName.IsSubdomain(prefix) && IsName(name),
        _ => false,
    };

    public static bool IsValue(string value) => value.Length == 0 || IsName(value);

    private static bool IsName(string name) => name.Length <= Longest && Name().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z")]
    private static partial Regex Name();
}
