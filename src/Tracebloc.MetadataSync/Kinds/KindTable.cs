namespace Tracebloc.MetadataSync.Kinds;

/// <summary>
/// The kinds of the platform. Registration, schema, queries, documentation and tests are made from it.
/// </summary>
internal static class KindTable
{
    private const string Group = "michelangelo.api", Version = "v2";

    private static readonly IndexedColumn Owner = new("owner", "spec.owner.name");
    private static readonly IndexedColumn State = new("state", "status.state");

    public static IReadOnlyList<Kind> All { get; } =
    [
        Of("Project", "projects") with { Columns = [new("tier", "spec.tier", ColumnType.Integer)] },
        Of("ModelFamily", "modelfamilys") with { Columns = [new("model_family_name", "spec.name")] },
        Of("Model", "models") with
        {
            Columns =
            [
                .. Reference("src_pipeline_run", "spec.sourcePipelineRun"),
                new("algorithm", "spec.algorithm"),
                new("training_framework", "spec.trainingFramework"),
                new("source", "spec.source"),
                .. Reference("performance_eval_report", "spec.performanceEvaluationReport"),
                .. Reference("feature_eval_report", "spec.featureEvaluationReport"),
                new("revision_id", "spec.revisionId", ColumnType.Integer),
                Owner,
                .. Reference("feature_quality_report", "spec.featureQualityReport"),
                .. Reference("model_family", "spec.modelFamily"),
                new("package_type", "spec.packageType"),
                .. Reference("explainability_report", "spec.explainabilityReport"),
                new("description", "spec.description") { Length = 768 },
                new("model_kind", "spec.kind"),
            ],
            Keys = [["algorithm"], ["owner"]],
        },
        Of("Pipeline", "pipelines") with { Columns = [new("pipeline_type", "spec.type"), Owner], Keys = [["owner"]] },
        Of("PipelineRun", "pipelineruns") with
        {
            Columns =
            [
                .. Reference("pipeline", "spec.pipeline"),
                .. Reference("revision", "spec.revision"),
                State,
                new("end_time", "status.endTime", ColumnType.Time),
                new("actor", "spec.actor.name"),
                new("exception_type", "status.exceptionType"),
                .. Reference("resume_pipeline_run", "spec.resume.pipelineRun"),
            ],
            Keys = [["pipeline_namespace", "pipeline_name"], ["state"]],
        },
        Of("InferenceServer", "inferenceservers") with { Columns = [State], Keys = [["state"]] },
        Of("Revision", "revisions") with
        {
            Columns =
            [
                .. Reference("base_resource", "spec.baseResource"),
                new("base_type", "spec.baseType.kind"),
                Owner,
                new("commit_branch", "spec.commit.branch"),
                new("git_ref", "spec.commit.gitRef"),
            ],
            Keys = [["base_resource_namespace", "base_resource_name"]],
        },
        Of("Cluster", "clusters"),
        Of("RayCluster", "rayclusters"),
        Of("RayJob", "rayjobs"),
        Of("TriggerRun", "triggerruns") with
        {
            Columns =
            [
                .. Reference("pipeline", "spec.pipeline"),
                .. Reference("revision", "spec.revision"),
                State,
                new("auto_flip", "spec.autoFlip", ColumnType.Flag),
            ],
            Keys = [["pipeline_namespace", "pipeline_name"], ["state"]],
        },
        Of("Deployment", "deployments") with
        {
            Columns =
            [
                .. Reference("current_revision", "status.currentRevision"),
                State,
                new("deletion_requested_timestamp", "metadata.deletionTimestamp", ColumnType.Time),
                new("target_definition_type", "spec.definition.type"),
            ],
            Keys = [["state"]],
        },
        Of("SparkJob", "sparkjobs"),
    ];

    private static Kind Of(string name, string plural) => new(name, plural, Group, Version);

    // A reference to another object has a column for its namespace and one for its name.
    private static IndexedColumn[] Reference(string name, string path) =>
        [new($"{name}_namespace", $"{path}.namespace"), new($"{name}_name", $"{path}.name")];
}
