using Tracebloc.Configuration;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>Reads <c>label</c>: the name of a column, or a mapping.</summary>
internal sealed class LabelReader(DocumentSection root)
{
    private const int MostBins = 100, LeastBinSize = 5;

    /// <summary>The policies and their effect, for a remedy.</summary>
    public const string Policies = "policy: bucket (bin index leaves the cluster) or passthrough (exact values leave)";

    /// <returns>Null when absent or wrong.</returns>
    public LabelSpecification? Read(CategoryRules? rules)
    {
        var node = root.Keys.Find("label");
        if (node is null) return null;
        if (rules?.Label == LabelRule.Forbidden)
        {
            root.Keys.Refuse("label", $"is not allowed: {rules.Name} learns from its files alone; remove the key");
            return null;
        }

        var needsPolicy = rules?.Label == LabelRule.RequiredWithPolicy;
        if (node is ConfigurationNode.Mapping && root.Section("label") is { } section)
            return Read(section, needsPolicy);
        if (node is ConfigurationNode.Sequence)
        {
            root.Keys.Refuse("label", "must be the name of a column, or {column: NAME, policy: POLICY}");
            return null;
        }

        var column = root.Column("label");
        if (column is not null && needsPolicy)
            root.Keys.Refuse("label", $"has no policy; write column: {column} and {Policies}");
        return column is null ? null : new(column, LabelPolicy.Passthrough, null);
    }

    private static LabelSpecification? Read(DocumentSection section, bool needsPolicy)
    {
        var keys = section.Keys;
        if (keys.Find("column") is null) keys.Missing("column", "write column: NAME, the column of the label");
        var column = section.Column("column");
        var isBucket = keys.Choice("policy", "a label policy", "passthrough", "bucket") == "bucket";
        if (needsPolicy && keys.Find("policy") is null) keys.Missing("policy", $"write {Policies}");
        if (keys.Find("strategy") is not null) section.Constant("strategy", "quantile");
        var bins = section.Integer("bins", 2, MostBins);
        var least = keys.Integer("minBinSize", LeastBinSize);
        foreach (var key in isBucket ? [] : new[] { "strategy", "bins", "minBinSize" })
            if (keys.Find(key) is not null) keys.Refuse(key, "needs policy: bucket; add that, or remove the key");
        keys.RefuseUnknownKeys();
        if (column is null) return null;
        var options = new BucketOptions();
        return isBucket
            ? new(column, LabelPolicy.Bucket, new()
            {
                Bins = bins ?? options.Bins,
                MinBinSize = least ?? options.MinBinSize,
            })
            : new(column, LabelPolicy.Passthrough, null);
    }
}
