using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>
/// A circuit as a browser has one: opened for the components of a page, which it draws as they come and acts on by the handlers that they
/// have. Scripts of the page do not run; what the portal calls of them is answered with nothing.
/// </summary>
internal sealed class Circuit : IHubReceiver, IAsyncDisposable
{
    private const string NavigateTo = "Blazor._internal.navigationManager.navigateTo";
    private const string AttachRenderer = "Blazor._internal.attachWebRendererInterop";

    private readonly Lock turn = new();
    private readonly HttpClient http;
    private readonly DrawnPage page = new();
    private readonly Dictionary<string, long> watchers = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<string?> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Wait> waits = [];
    private HubConnection? hub;
    private Exception? failure;
    private string? id;
    private long renderer;
    private int calls;

    private Circuit(HttpClient http, Uri location)
    {
        this.http = http;
        Location = location;
    }

    /// <summary>The page's address.</summary>
    public Uri Location { get; private set; }

    /// <summary>Bytes of what was drawn.</summary>
    public long Received { get; private set; }

    /// <summary>Opens a circuit for a page.</summary>
    /// <param name="http">Whoever is signed in.</param>
    /// <param name="cookies">The cookies of that.</param>
    /// <param name="location">The page's address.</param>
    /// <param name="opened">The page.</param>
    /// <param name="compressed">Whether compression is offered.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Circuit> OpenAsync(HttpClient http, CookieContainer cookies, Uri location, OpenedPage opened, bool compressed, CancellationToken cancellationToken)
    {
        var circuit = new Circuit(http, location);
        try
        {
            await circuit.StartAsync(cookies, opened, compressed, cancellationToken);
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the page shows something.</summary>
    /// <param name="what">What, for the message where it does not.</param>
    /// <param name="shows">Looks; called from another thread, after each time that something was drawn.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it was drawn, as a timestamp.</returns>
    /// <exception cref="InvalidOperationException">The circuit has failed.</exception>
    public async Task<long> UntilAsync(string what, Func<DrawnPage, bool> shows, CancellationToken cancellationToken)
    {
        var wait = new Wait(shows);
        lock (turn)
        {
            if (failure is not null)
            {
                throw new InvalidOperationException($"The circuit has failed before {what}: {failure.Message}", failure);
            }

            if (shows(page))
            {
                return Stopwatch.GetTimestamp();
            }

            waits.Add(wait);
        }

        try
        {
            return await wait.Done.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException gone) when (cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The page does not show {what} ({Location.PathAndQuery}).", gone);
        }
        finally
        {
            lock (turn)
            {
                waits.Remove(wait);
            }
        }
    }

    /// <summary>Looks at the page.</summary>
    public T Look<T>(Func<DrawnPage, T> look)
    {
        lock (turn)
        {
            return look(page);
        }
    }

    /// <summary>Has an event happen to an element.</summary>
    /// <param name="find">Finds the element.</param>
    /// <param name="name">The event, without the prefix.</param>
    /// <param name="arguments">What the browser tells of it.</param>
    public void Raise(Func<DrawnPage, PageNode> find, string name, JsonObject arguments)
    {
        lock (turn)
        {
            var element = find(page);
            var handler = element.Handler($"on{name}") ?? throw new InvalidOperationException($"Nothing handles {name} of the {element.Name}.");
            var descriptor = new JsonObject { ["eventHandlerId"] = handler, ["eventName"] = name };
            if ((string?)arguments["value"] is { } typed)
            {
                descriptor["eventFieldInfo"] = new JsonObject { ["componentId"] = element.Owner, ["fieldValue"] = typed };
            }

            Invoke(renderer, "DispatchEventAsync", descriptor, arguments);
        }
    }

    /// <summary>Calls an object that the page has handed to a script.</summary>
    /// <param name="function">The script's function.</param>
    /// <param name="argument">Which of its arguments the object is.</param>
    /// <param name="method">The object's method.</param>
    /// <param name="arguments">What it gets.</param>
    public void Call(string function, int argument, string method, params JsonNode[] arguments)
    {
        lock (turn)
        {
            Invoke(watchers[Key(function, argument)], method, arguments);
        }
    }

    /// <summary>Goes to another page of the portal, as by a link or by the way back.</summary>
    /// <param name="address">The address, absolute or below the portal's.</param>
    /// <param name="byLink">Whether by a link.</param>
    public void Go(string address, bool byLink)
    {
        lock (turn)
        {
            Location = new Uri(Location, address);
            hub!.Send("OnLocationChanged", Location.AbsoluteUri, null, byLink);
        }
    }

    /// <summary>Leaves, as a browser does that closes the page: the portal does not wait for it to come back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (id is not null && failure is null)
        {
            using var form = new MultipartFormDataContent { { new StringContent(id), "circuitId" } };
            using var response = await http.PostAsync(new Uri(Location, "/_blazor/disconnect"), form);
        }

        if (hub is not null)
        {
            await hub.DisposeAsync();
        }
    }

    void IHubReceiver.Receive(string method, ref PackReader arguments)
    {
        lock (turn)
        {
            switch (method)
            {
                case "JS.RenderBatch":
                    Draw(arguments.Number(), arguments.Bytes());
                    break;
                case "JS.BeginInvokeJS":
                    Answer(BrowserCall.Read(ref arguments));
                    break;
                case "JS.AttachComponent":
                    page.Attach((int)arguments.Number());
                    break;
                case "JS.EndInvokeDotNet":
                    arguments.Text();
                    if (!arguments.Boolean())
                    {
                        Fail(new InvalidOperationException($"A call has failed: {arguments.Text()}"));
                    }

                    break;
                case "JS.Error":
                    Fail(new InvalidOperationException($"The circuit has ended: {arguments.Text()}"));
                    break;
                default:
                    // Nothing that changes the page.
                    break;
            }
        }
    }

    void IHubReceiver.Receive(string? result) => answered.TrySetResult(result);

    void IHubReceiver.Ended(Exception? reason)
    {
        lock (turn)
        {
            Fail(reason ?? new ObjectDisposedException(nameof(Circuit)));
        }
    }

    private async Task StartAsync(CookieContainer cookies, OpenedPage opened, bool compressed, CancellationToken cancellationToken)
    {
        var origin = Location.GetLeftPart(UriPartial.Authority);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Location, "/_blazor/negotiate?negotiateVersion=1"));
        request.Headers.Add("Origin", origin);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var negotiated = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        var address = new UriBuilder(new Uri(Location, $"/_blazor?id={Uri.EscapeDataString((string)negotiated!["connectionToken"]!)}")) { Scheme = Location.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs };
        hub = await HubConnection.ConnectAsync(address.Uri, origin, cookies, compressed, this, cancellationToken);
        hub.Ask("StartCircuit", $"{origin}/", Location.AbsoluteUri, "[]", opened.State);
        id = await answered.Task.WaitAsync(cancellationToken) ?? throw new InvalidOperationException("The portal opens no circuit.");
        hub.Send("UpdateRootComponents", opened.Operations(), opened.State);
    }

    private void Draw(long batch, ReadOnlySpan<byte> bytes)
    {
        Received += bytes.Length;
        page.Apply(new RenderBatch(bytes));
        hub!.Send("OnRenderCompleted", batch, null);
        var now = Stopwatch.GetTimestamp();
        foreach (var wait in waits.Where(wait => wait.Shows(page)))
        {
            wait.Done.TrySetResult(now);
        }
    }

    private void Answer(BrowserCall call)
    {
        switch (call.Function)
        {
            case AttachRenderer:
                renderer = call.Object(1);
                break;
            case NavigateTo:
                Location = new Uri(Location, (string)call.Arguments[0]!);
                if ((bool?)call.Arguments[1]?["forceLoad"] == true)
                {
                    Fail(new InvalidOperationException($"The page is to be loaded anew, from {Location.PathAndQuery}."));
                    return;
                }

                hub!.Send("OnLocationChanged", Location.AbsoluteUri, null, false);
                break;
            default:
                foreach (var (index, argument) in call.Arguments.Index())
                {
                    if (argument is JsonObject passed && passed.ContainsKey("__dotNetObject"))
                    {
                        watchers[Key(call.Function, index)] = call.Object(index);
                    }
                }

                break;
        }

        if (call.Handle != 0)
        {
            hub!.Send("EndInvokeJSFromDotNet", call.Handle, true, call.Answer());
        }
    }

    private void Invoke(long target, string method, params JsonNode[] arguments) =>
        hub!.Send("BeginInvokeDotNetFromJS", (++calls).ToString(CultureInfo.InvariantCulture), null, method, target, new JsonArray(arguments).ToJsonString());

    private void Fail(Exception reason)
    {
        failure ??= reason;
        answered.TrySetException(failure);
        foreach (var wait in waits)
        {
            wait.Done.TrySetException(new InvalidOperationException($"The circuit has failed: {failure.Message}", failure));
        }
    }

    private static string Key(string function, int argument) => string.Create(CultureInfo.InvariantCulture, $"{function}/{argument}");

    private sealed record Wait(Func<DrawnPage, bool> Shows)
    {
        public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
