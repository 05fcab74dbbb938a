using System.Text.Json;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>Workloads that do not have what the configuration says: one clear line each, and nothing changed.</summary>
public sealed class PlanMisconfigurationTests
{
    private static string MessageOf(TrackedImage image, Workload workload)
    {
        var plan = PlanOf.One(image, workload, B);
        Assert.Equal(Outcome.Misconfigured, plan.Outcome());
        Assert.True(plan.Edit.IsEmpty);
        return plan.Images[0].Message;
    }

    [Fact]
    public void A_container_that_is_not_there_is_named_with_those_that_are() =>
        Assert.Equal(
            "there is no container \"sidecar\"; the workload has api, web",
            MessageOf(ImageSet() with { Action = new RefreshAction.SetImage("sidecar") }, Workload()));

    [Fact]
    public void A_container_that_is_not_there_is_named_with_the_init_containers_that_are()
    {
        var workload = Workload();
        var pod = workload.Spec.Template.Spec with
        {
            InitContainers = [new Container { Name = "setup" }, new Container { Name = "load" }],
        };

        Assert.Equal(
            "there is no container \"sidecar\"; the workload has api, web, and the init containers setup, load",
            MessageOf(
                ImageSet() with { Action = new RefreshAction.SetImage("sidecar") },
                workload.WithTemplate(new PodTemplate { Spec = pod })));
    }

    [Fact]
    public void A_variable_from_elsewhere_is_refused()
    {
        var from = new EnvironmentVariable
        {
            Name = "INGESTOR_IMAGE_DIGEST",
            ValueFrom = JsonElement.Parse("""{"secretKeyRef":{"name":"s","key":"k"}}"""),
        };
        var workload = Workload().Change("api", api => api with { Env = [from] });

        Assert.Contains("valueFrom", MessageOf(EnvSet(), workload));
    }

    [Fact]
    public void A_variable_that_is_there_twice_is_refused()
    {
        var (first, last) = (A.ToString(), "");
        var workload = Workload().Change("api", api => api with
        {
            Env =
            [
                new() { Name = "INGESTOR_IMAGE_DIGEST", Value = first },
                new() { Name = "INGESTOR_IMAGE_DIGEST", Value = last },
            ],
        });

        Assert.Equal(
            "the container \"api\" has the variable INGESTOR_IMAGE_DIGEST more than once, and a refresh could set but"
            + " one of them; keep one in the workload",
            MessageOf(EnvSet(), workload));
    }

    [Fact]
    public void Other_variables_whose_order_a_patch_would_change_are_refused()
    {
        var workload = Workload().Change("api", api => api with
        {
            Env =
            [
                new() { Name = "BASE", Value = "http://prod" },
                new() { Name = "URL", Value = "$(BASE)/" },
                new() { Name = "BASE", Value = "override" },
            ],
        });

        Assert.Equal(
            "the container \"api\" has the variable BASE more than once, and a patch of INGESTOR_IMAGE_DIGEST would"
            + " change their order; keep one in the workload",
            MessageOf(EnvSet(), workload));
        Assert.NotEqual(Outcome.Misconfigured, PlanOf.One(ImageSet(), workload, B).Outcome());
    }

    [Fact]
    public void A_value_that_is_no_digest_is_neither_adopted_nor_told() => Assert.Equal(
        "a value that is no digest stands where a digest belongs; remove it or set a digest",
        MessageOf(EnvSet(), Workload().WithEnv("hunter2")));

    [Fact]
    public void A_workload_that_replaces_pods_only_on_delete_is_refused()
    {
        var workload = Workload();
        workload = workload with
        {
            Spec = workload.Spec with { UpdateStrategy = new UpdateStrategy { Type = "OnDelete" } },
        };

        Assert.Contains("OnDelete", MessageOf(Restarted(), workload));
    }

    [Fact]
    public void A_paused_deployment_is_not_rolled_until_it_is_resumed()
    {
        var workload = Workload((RefreshAnnotations.Settled("jobs-manager"), A.ToString()));
        workload = workload with { Spec = workload.Spec with { Paused = true } };

        Assert.Contains("kubectl rollout resume deployment/acme", MessageOf(Restarted(), workload));
    }
}
