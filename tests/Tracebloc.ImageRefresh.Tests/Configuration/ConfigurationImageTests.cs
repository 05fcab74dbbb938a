using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Tests.Configuration;

public sealed class ConfigurationImageTests : IDisposable
{
    private readonly ConfigurationFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("a")]
    [InlineData("0-9")]
    [InlineData("a23456789-123456789-123456789-123456789")]
    public void A_name_fits_into_the_longest_annotation(string name)
    {
        var read = _file.Read(With($"name: \"{name}\"", "image: a", "workload: deployment/a", "action: restart"));
        Assert.Equal(name, Assert.Single(read.Images).Name);
        Assert.True($"{name}-refresh-failed-attempts".Length <= 63);
    }

    [Theory]
    [InlineData("a23456789-123456789-123456789-1234567890")]
    [InlineData("Web")]
    [InlineData("-web")]
    [InlineData("web-")]
    [InlineData("we.b")]
    [InlineData("we_b")]
    public void A_name_that_no_annotation_can_hold_is_refused(string name) =>
        Assert.Equal(
            [$"refresh.yaml:4: images[0].name: \"{name}\" cannot be part of an annotation's name; "
                + "use at most 39 lower-case letters, digits and dashes"],
            Errors($"name: {name}", "image: a", "workload: deployment/a", "action: restart"));

    [Theory]
    [InlineData("web")]
    [InlineData("pod/web")]
    [InlineData("Deployment/web")]
    [InlineData("job/web")]
    public void A_workload_is_kind_and_name(string workload) =>
        Assert.Equal(
            [$"refresh.yaml:4: images[0].workload: \"{workload}\" is not kind/name; "
                + "the kind is deployment, statefulset, daemonset or cronjob"],
            Errors("name: a", "image: a", $"workload: {workload}", "action: restart"));

    [Theory]
    [InlineData("deployment/", "\"\" is no workload's name; use lower-case letters, digits, dashes and dots")]
    [InlineData("deployment/a/b", "\"a/b\" is no workload's name; use lower-case letters, digits, dashes and dots")]
    [InlineData("deployment/a..b", "\"a..b\" is no workload's name; use lower-case letters, digits, dashes and dots")]
    public void A_workload_s_name_is_a_subdomain(string workload, string message) =>
        Assert.Equal(
            [$"refresh.yaml:4: images[0].workload: {message}"],
            Errors("name: a", "image: a", $"workload: {workload}", "action: restart"));

    [Theory]
    [InlineData("deploy/web", "deployment/web")]
    [InlineData("deployments/web", "deployment/web")]
    [InlineData("deployment.apps/web", "deployment/web")]
    [InlineData("sts/db", "statefulset/db")]
    [InlineData("statefulset.apps/db", "statefulset/db")]
    [InlineData("ds/agent", "daemonset/agent")]
    [InlineData("daemonsets.apps/agent", "daemonset/agent")]
    public void Kinds_are_read_as_kubectl_takes_and_writes_them(string written, string workload) => Assert.Equal(
        workload,
        _file.Read(With("name: a", "image: a", $"workload: {written}", "action: restart"))
            .Images[0].Workload.ToString());

    [Theory]
    [InlineData("cj/nightly")]
    [InlineData("cronjob/nightly")]
    [InlineData("cronjobs/nightly")]
    [InlineData("cj.batch/nightly")]
    [InlineData("cronjob.batch/nightly")]
    [InlineData("cronjobs.batch/nightly")]
    public void A_CronJob_is_read_as_kubectl_takes_and_writes_it(string written) => Assert.Equal(
        "cronjob/nightly",
        _file.Read(With("name: a", "image: a", $"workload: {written}", "action: setImage", "container: c"))
            .Images[0].Workload.ToString());

    [Theory]
    [InlineData("action: restart", "action",
        "restart would replace no pod of cronjob/nightly; write setImage or setEnv, or let each Job pull its tag by "
        + "imagePullPolicy: Always")]
    [InlineData("action: restart, onFailure: keep, container: c", "action",
        "restart would replace no pod of cronjob/nightly; write setImage or setEnv, or let each Job pull its tag by "
        + "imagePullPolicy: Always")]
    [InlineData("action: setImage, container: c, onFailure: rollback", "onFailure",
        "rollback follows a failed rollout, and cronjob/nightly has none; leave it away or write keep")]
    public void What_needs_a_rollout_is_refused_for_a_CronJob(string rest, string key, string reason) =>
        Assert.Equal(
            [$"refresh.yaml:4: images[0].{key}: {reason}"],
            Errors("name: a", "image: a", "workload: cj/nightly", rest));

    [Fact]
    public void A_workload_s_name_may_have_dots() =>
        Assert.Equal(
            "statefulset/db.main-1",
            _file.Read(With("name: a", "image: a", "workload: statefulset/db.main-1", "action: restart"))
                .Images[0].Workload.ToString());

    [Fact]
    public void An_image_that_does_not_parse_says_why_where_it_stands()
    {
        var error = Assert.Single(Errors("name: a", "image: ghcr.io/A", "workload: deployment/a", "action: restart"));
        Assert.StartsWith("refresh.yaml:4: images[0].image: ", error, StringComparison.Ordinal);
        Assert.True(error.Length > 60, error);
    }

    [Theory]
    [InlineData("action: restart, container: c",
        "container: goes with setEnv, setImage and onFailure: rollback; restart takes the whole workload; "
        + "remove it or change the action")]
    [InlineData("action: restart, env: E",
        "env: goes with setEnv; restart changes no variable; remove it or change the action")]
    [InlineData("action: setImage, container: c, env: E",
        "env: goes with setEnv; setImage changes the container's image; remove it or change the action")]
    [InlineData("action: setEnv, container: C, env: E",
        "container: \"C\" is no container's name; use lower-case letters, digits and dashes")]
    [InlineData("action: setEnv, container: c, env: 1E",
        "env: \"1E\" is no variable's name; use letters, digits, dashes, dots and underscores")]
    [InlineData("action: setEnv, container: c, env: A=B",
        "env: \"A=B\" is no variable's name; use letters, digits, dashes, dots and underscores")]
    public void An_action_has_exactly_the_keys_it_needs(string action, string error) =>
        Assert.Equal(
            [$"refresh.yaml:4: images[0].{error}"], Errors("name: a", "image: a", "workload: deployment/a", action));

    [Theory]
    [InlineData("action: setEnv, env: E", "container is missing; write container: api, as the pod template names it")]
    [InlineData("action: setEnv, container: c",
        "env is missing; write env: IMAGE_DIGEST, the variable that takes the digest")]
    [InlineData("action: setImage", "container is missing; write container: api, as the pod template names it")]
    [InlineData("action: restart, onFailure: rollback",
        "container is missing; write container: api, whose image a rollback pins")]
    public void What_an_action_needs_must_be_there(string action, string error) =>
        Assert.Equal(
            [$"refresh.yaml:4: images[0]: {error}"], Errors("name: a", "image: a", "workload: deployment/a", action));

    [Fact]
    public void Names_are_unique() =>
        Assert.Equal(
            ["refresh.yaml:5: images[1].name: \"a\" is the name of images[0] already; names are unique"],
            _file.ErrorsOf(With("name: a", "image: a", "workload: deployment/a", "action: restart")
                + "- {name: a, image: b, workload: deployment/b, action: restart}\n"));

    [Theory]
    [InlineData("action: setEnv, container: c, env: E", "action: setEnv, container: c, env: E", true)]
    [InlineData("action: setImage, container: c", "action: setImage, container: c", true)]
    [InlineData("action: setEnv, container: c, env: E", "action: setEnv, container: c, env: F", false)]
    [InlineData("action: setEnv, container: c, env: E", "action: setEnv, container: d, env: E", false)]
    [InlineData("action: setImage, container: c", "action: setImage, container: d", false)]
    [InlineData("action: setImage, container: c", "action: setEnv, container: c, env: E", false)]
    [InlineData("action: restart", "action: restart", false)]
    [InlineData("onFailure: rollback, action: restart, container: c",
        "onFailure: rollback, action: restart, container: d", false)]
    [InlineData("onFailure: rollback, action: restart, container: c",
        "onFailure: rollback, action: restart, container: c", true)]
    [InlineData("onFailure: rollback, action: restart, container: c",
        "onFailure: rollback, action: setImage, container: c", true)]
    [InlineData("onFailure: rollback, action: restart, container: c",
        "onFailure: rollback, action: setEnv, container: c, env: E", false)]
    public void Two_images_never_set_the_same(string first, string second, bool conflict)
    {
        var text = With("name: a", "image: a", "workload: deployment/w", first)
            + $"- {{name: b, image: b, workload: deployment/w, {second}}}\n";
        if (conflict)
            Assert.Equal(
                ["refresh.yaml:5: images[1]: sets the same as images[0] on deployment/w; "
                    + "they would undo each other forever"],
                _file.ErrorsOf(text));
        else
            Assert.Equal(2, _file.Read(text).Images.Count);
    }

    [Theory]
    [InlineData("action: restart", OnFailure.Keep)]
    [InlineData("action: restart, onFailure: keep", OnFailure.Keep)]
    [InlineData("action: restart, onFailure: rollback, container: api", OnFailure.Rollback)]
    public void What_fails_is_kept_unless_a_rollback_is_asked_for(string action, OnFailure expected)
    {
        var image = Assert.Single(_file.Read(With("name: a", "image: a", "workload: deployment/w", action)).Images);

        Assert.Equal(expected, image.OnFailure);
        Assert.Equal(
            new RefreshAction.Restart(expected == OnFailure.Rollback ? "api" : null), image.Action);
    }

    [Fact]
    public void What_becomes_of_a_failed_rollout_is_one_of_two() =>
        Assert.Equal(
            ["refresh.yaml:4: images[0].onFailure: \"undo\" is not a reaction to a failed rollout; "
                + "use keep or rollback"],
            Errors("name: a", "image: a", "workload: deployment/a", "action: restart", "onFailure: undo"));

    [Theory]
    [InlineData("", true)]
    [InlineData(", onFailure: rollback", false)]
    [InlineData(", pinned: true", false)]
    public void Images_that_share_pods_share_what_becomes_of_a_failed_rollout(string more, bool isRefused)
    {
        var text = With("name: a", "image: a", "workload: deployment/w", "action: setImage, container: c",
                "onFailure: rollback")
            + $"- {{name: b, image: b, workload: deployment/w, action: setImage, container: d{more}}}\n";
        if (isRefused)
            Assert.Equal(
                ["refresh.yaml:5: images[1]: onFailure: differs from images[0], which shares the pods of deployment/w; "
                    + "give both the same"],
                _file.ErrorsOf(text));
        else
            Assert.Equal(2, _file.Read(text).Images.Count);
    }

    [Fact]
    public void The_same_on_another_workload_is_fine() =>
        Assert.Equal(2, _file.Read(
            With("name: a", "image: a", "workload: deployment/w", "action: setImage, container: c")
            + "- {name: b, image: b, workload: statefulset/w, action: setImage, container: c}\n").Images.Count);

    private static string With(params string[] image) =>
        $"{ConfigurationFile.Head}images:\n- {{{string.Join(", ", image)}}}\n";

    private IEnumerable<string> Errors(params string[] image) => _file.ErrorsOf(With(image));
}
