using Microsoft.AspNetCore.Builder;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>A story in the browser. What it opens is closed at its end, visitors before portals.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public abstract class BrowserTest(TheBrowser browser, ThePortal shared) : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> opened = new();

    /// <summary>A visitor to the shared portal, where nothing may be changed that others see.</summary>
    /// <param name="look">How the visitor looks at it.</param>
    /// <returns>The visitor.</returns>
    protected async Task<Visitor> VisitAsync(Look? look = null)
    {
        await browser.GetAsync();
        return await VisitAsync(await shared.GetAsync(), look);
    }

    /// <summary>A visitor to a portal.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="look">How the visitor looks at it.</param>
    /// <returns>The visitor.</returns>
    protected async Task<Visitor> VisitAsync(PortalHost portal, Look? look = null)
    {
        ArgumentNullException.ThrowIfNull(portal);
        var visitor = await Visitor.ArriveAsync(await browser.GetAsync(), portal.Address, look ?? Look.Light);
        opened.Push(visitor);
        return visitor;
    }

    /// <summary>A portal of the test's own, fresh.</summary>
    /// <returns>The portal.</returns>
    protected Task<PortalHost> FreshPortalAsync() => PortalByAsync(TimeProvider.System);

    /// <summary>A portal of the test's own, fresh, that goes by another clock.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="configure">Last changes.</param>
    /// <returns>The portal.</returns>
    protected async Task<PortalHost> PortalByAsync(TimeProvider clock, Action<WebApplicationBuilder>? configure = null)
    {
        await browser.GetAsync();
        var portal = await PortalHost.StartAsync(clock, configure);
        opened.Push(portal);
        return portal;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        var failures = new List<Exception>();
        while (opened.TryPop(out var one))
        {
            try
            {
                if (failed && one is Visitor visitor)
                {
                    await visitor.KeepAsync($"failed-{TestContext.Current.TestMethod?.MethodName}-{opened.Count}", whole: false);
                }

                await one.DisposeAsync();
            }
            catch (Exception failure) when (opened.Count > 0)
            {
                // The rest is closed all the same.
                failures.Add(failure);
            }
        }

        // Here, where a test can show it: of what fails at the end of a run only the type is printed.
        await shared.AssertNoErrorsAsync();

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }
}
