using Tracebloc.Cli.Staging;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestor.Staging;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Cli.Tests.Pushing;

/// <summary>
/// Each fault that a push meets in the cluster: one clear message, the right exit code, and one object with json.
/// </summary>
public sealed class ClusterMistakeTests : IAsyncLifetime
{
    private static readonly Dictionary<string, Fault> Faults = new()
    {
        ["a server that is away"] = new(
            3, "error",
            scene => File.WriteAllText(
                scene.Scene.Kubeconfig,
                scene.Api.Kubeconfig.Replace($"{scene.Api.Address.Port}", "1", StringComparison.Ordinal)),
            "LIST deployments in tracebloc: cannot connect to http://127.0.0.1:1: Connection refused; check the "
            + "kubeconfig's server, the network and its proxy, or choose another --context"),
        ["no release"] = new(
            4, "error", scene => scene.Api.Delete("deployment/edge-jobs-manager"),
            "Release was not found: namespace tracebloc has none; check the namespace, or install the client chart"),
        ["two releases in a namespace"] = new(
            4, "error", scene => scene.Api.Add(Manifests.Deployment("other")),
            "Release is ambiguous: namespace tracebloc has edge, other; they share one volume and one database"),
        ["releases in two namespaces"] = new(
            4, "error", scene => scene.Scene.WithoutNamespace().Api.Add(Manifests.Deployment("far", "elsewhere")),
            "Release is ambiguous: namespaces elsewhere, tracebloc have one each; choose one with --namespace"),
        ["no right to look for a release"] = new(
            4, "error", scene => scene.Api.Deny("list", "deployments"),
            "Release was not found: listing Deployments of namespace tracebloc is not permitted; check the namespace"),
        ["no volume"] = new(
            4, "error", scene => scene.Api.Delete("persistentvolumeclaim/client-pvc"),
            "Volume claim client-pvc of release edge in namespace tracebloc was not found; helm upgrade makes it"),
        ["a volume that is not bound"] = new(
            4, "error",
            scene => scene.Api.Edit("persistentvolumeclaim/client-pvc", pvc => pvc["status"]!["phase"] = "Pending"),
            "Volume claim client-pvc is Pending and not Bound: StorageClass edge-storage-class has made no volume; "
            + "kubectl describe pvc client-pvc has the reason"),
        ["a login that has ended"] = new(
            5, "auth_error",
            scene => scene.Api.Fail(_ => true, FakeFault.Status(401, "Unauthorized", "Unauthorized"), times: 9),
            "; log in to the cluster again, or choose another --context"),
        ["no token"] = new(
            5, "auth_error",
            scene =>
            {
                scene.Api.Deny("create", "serviceaccounts/token");
                scene.Api.Deny("list", "secrets");
            },
            "Permissions are missing in namespace tracebloc: create serviceaccounts/token (to authenticate at "
            + "jobs-manager); add to the Role: {apiGroups: [\"\"], resources: [serviceaccounts/token], "),
        ["no service account"] = new(
            5, "auth_error", scene => scene.Api.Delete("serviceaccount/ingestor"),
            "Token of service account ingestor in namespace tracebloc is not to be had: "),
        ["a policy that permits other tables"] = new(
            5, "auth_error",
            scene => scene.Api.Edit(
                "configmap/edge-ingestion-authz",
                map => map["data"]!["ingestion-authz.yaml"] =
                    "allowed: [{namespace: tracebloc, service_account: ingestor, table_prefixes: [demo_]}]\n"),
            "it permits no table of this name: ingestor may write demo_*; change ingestionAuthz.allowed"),
        ["a quota"] = new(
            7, "error",
            scene => Refuse(scene, "pods \"x\" is forbidden: exceeded quota: small"),
            "exceeded quota: small (403); free some of the namespace's quota, or raise it"),
        ["a profile of the namespace"] = new(
            7, "error",
            scene => Refuse(scene, "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\": hostPath"),
            "; the namespace asks for more than the restricted profile, or its admission webhooks change the pod"),
        ["an image that cannot be pulled"] = new(
            7, "error",
            scene => scene.PodStatus =
                """
                {"phase":"Pending","containerStatuses":[
                {"state":{"waiting":{"reason":"ImagePullBackOff","message":"401"}}}]}
                """,
            "did not start: ImagePullBackOff: 401; check that the cluster's nodes can pull ghcr.io/tracebloc/"),
        ["a pod that ends at once"] = new(
            7, "error",
            scene => scene.PodStatus =
                """
                {"phase":"Failed","containerStatuses":[{"state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}
                """,
            "did not start: its container ended with exit code 137: OOMKilled; kubectl get events -n tracebloc"),
        ["no Service"] = new(
            8, "submit_error", scene => scene.Api.Delete("service/jobs-manager"),
            "jobs-manager cannot be reached: namespace tracebloc has no Service"),
        ["a Service without a selector"] = new(
            8, "submit_error",
            scene => scene.Api.Edit("service/jobs-manager", each => each["spec"]!.AsObject().Remove("selector")),
            "Service jobs-manager in namespace tracebloc has no selector; helm upgrade sets it right"),
        ["no pod that is ready"] = new(
            8, "submit_error",
            scene => scene.Api.Edit(
                $"pod/{Pod(scene)}", pod => pod["status"]!["conditions"]![0]!["status"] = "False"),
            "jobs-manager did not take the call within 2m: jobs-manager cannot be reached: none of its 1 pods in "
            + "namespace tracebloc is ready; kubectl describe pod -n tracebloc -l app=manager")
        { IsWaitedFor = true },
        ["a port on which nothing listens"] = new(
            8, "submit_error", scene => scene.Api.Forward(Pod(scene), 8080, 1),
            "jobs-manager did not take the call within 2m: ")
        { IsWaitedFor = true },
        ["a jobs-manager without a version"] = new(
            8, "submit_error", scene => scene.Manager.Version = null,
            "jobs-manager of release edge in namespace tracebloc (chart 2.1.0) is older than tracebloc "),
        ["an older schema"] = new(
            8, "submit_error",
            scene => scene.Manager.Version = Manifests.Version("0.1.0", $"sha256:{new string('2', 64)}"),
            "upgrade the client chart of release edge in namespace tracebloc, or use tracebloc 0.1.0"),
        ["an answer that is none"] = new(
            8, "submit_error", scene => scene.Manager.AnswerSubmission(FakeReply.Of(201, "<html>")), "jobs-manager "),
        ["an answer without a namespace"] = new(
            8, "submit_error",
            scene => scene.Manager.AnswerSubmission(FakeReply.Of(201, """{"job_name":"j","replay":false}""")),
            "jobs-manager "),
    };

    private readonly DataFolder _folder = DataFolder.OfImages();
    private PushScene _scene = null!;

    public static TheoryData<string> Names => [.. Faults.Keys];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scene = await PushScene.StartAsync(Cancelled);
        _scene.Manager.Report(PushTests.Succeeded());
    }

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_fault_of_the_cluster_is_one_clear_message(string name)
    {
        var fault = Faults[name];
        fault.Make(_scene);

        var ran = fault.IsWaitedFor ? await _scene.RunWithPausesAsync(Cancelled, Push()) : await PushAsync();

        Assert.Equal(
            (fault.ExitCode, fault.Status, fault.ExitCode),
            (ran.Code, (string)ran.Json["status"]!, (int)ran.Json["exit_code"]!));
        Assert.Contains(fault.Message, (string)ran.Json["error"]!);
        Assert.Contains(fault.Message, ran.Error);
        Assert.DoesNotContain("   at ", ran.Error);
        Assert.Empty(Tests.Staging.StagePodTests.Staged(_scene.Scene));
    }

    [Fact]
    public async Task A_volume_without_room_is_met_before_the_first_byte()
    {
        _scene.Api.OnExec(async (session, token) =>
        {
            var receiver = new StagingReceiver(
                StagingPlace.Of(_scene.Volume, session.Command[^1]),
                new ReceiverOptions { Version = ProgramVersion.Text, Time = TimeProvider.System, Free = _ => 0 });
            await using var streams = new StagingStreams(session.Input, session.Output);
            await Assert.ThrowsAsync<StagingException>(() => receiver.RunAsync(streams, token));
            return 1;
        });

        var ran = await PushAsync();

        Assert.Equal((CliExit.Staging, "error"), (ran.Code, (string)ran.Json["status"]!));
        Assert.StartsWith("Volume has 0 bytes free, and ", (string)ran.Json["error"]!);
        Assert.EndsWith(" are needed: free space on it, or enlarge it", (string)ran.Json["error"]!);
        Assert.Empty(Tests.Staging.StagePodTests.Staged(_scene.Scene));
    }

    [Fact]
    public async Task Pods_of_earlier_pushes_are_named_and_no_fault_of_this_one()
    {
        _scene.Api.Add(Tests.Staging.StagePodTests.StagedPod("tracebloc-stage-old-1", "Failed"));

        var ran = await PushAsync();

        Assert.Equal(CliExit.Done, ran.Code);
        Assert.Contains(
            "note: staging pod tracebloc-stage-old-1 of an earlier push (Failed, 0 min old) is removed by a push in an "
            + "hour\n",
            ran.Error);
    }

    [Fact]
    public async Task Pods_of_earlier_pushes_that_cannot_be_listed_are_a_warning()
    {
        _scene.Api.Fail(
            call => call is { Verb: "list", Resource: "pods" }
                && call.Query.Values.Any(value => value.Contains(StageNames.Selector, StringComparison.Ordinal)),
            FakeFault.Status(403, "Forbidden", "not these"), times: 9);

        var ran = await PushAsync();

        Assert.Equal(CliExit.Done, ran.Code);
        Assert.Contains("warning: staging pods of earlier pushes were not looked for: ", ran.Error);
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_sent_is_a_fault_of_this_machine()
    {
        _scene.When = (1, _ => File.AppendAllText(_folder["images/c.jpg"], "more"));

        var ran = await PushAsync("--compress", "never");

        Assert.Equal((CliExit.Local, "error"), (ran.Code, (string)ran.Json["status"]!));
        Assert.Contains("images/c.jpg", (string)ran.Json["error"]!);
        Assert.Empty(_scene.Manager.Started);
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_is_a_note_and_no_fault_of_the_run()
    {
        _scene.Manager.Accepted = job => _scene.AddRunPod(job);
        _scene.Api.Fail("get", "pods/log", FakeFault.Status(403, "Forbidden", "no log"), times: 9);

        var ran = await PushAsync();

        Assert.Equal((CliExit.Done, "succeeded"), (ran.Code, (string)ran.Json["status"]!));
        Assert.Contains("note: the log of the run cannot be followed: ", ran.Error);
    }

    [Fact]
    public async Task The_name_of_a_data_set_in_other_case_deletes_nothing()
    {
        await PushAsync();

        var ran = await _scene.RunAsync(Cancelled, "dataset", "delete", "CATS_TRAIN", "--yes", "--output", "json");

        Assert.Equal(
            (CliExit.NotPermitted, "Data set CATS_TRAIN does not exist in edge in namespace tracebloc; did you mean "
                + "cats_train?"),
            (ran.Code, (string)ran.Json["error"]!));
        Assert.Contains("cats_train", (await _scene.RunAsync(Cancelled, "dataset", "list")).Output);
    }

    private static void Refuse(PushScene scene, string message)
    {
        scene.HasPods = false;
        scene.Api.Fail("create", "pods", FakeFault.Status(403, "Forbidden", message));
    }

    private static string Pod(PushScene scene) => (string)scene.Api.List("pods")
        .Single(pod => (string?)pod["metadata"]!["labels"]!["app"] == "manager")["metadata"]!["name"]!;

    private Task<PushScene.Ran> PushAsync(params string[] args) => _scene.RunAsync(Cancelled, Push(args));

    private string[] Push(params string[] args) =>
    [
        "dataset", "push", _folder.Path, "--table", "cats_train", "--category", "image_classification",
        "--label-column", "label", "--output", "json", .. args,
    ];

    /// <summary>A fault of the cluster, and the end of a push that meets it.</summary>
    private sealed record Fault(int ExitCode, string Status, Action<PushScene> Make, string Message)
    {
        public bool IsWaitedFor { get; init; }
    }
}
