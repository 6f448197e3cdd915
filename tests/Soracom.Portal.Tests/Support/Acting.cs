using Bunit;
using Microsoft.AspNetCore.Components;

namespace Soracom.Portal.Tests.Support;

/// <summary>What somebody does on a page that goes on rendering meanwhile.</summary>
internal static class Acting
{
    /// <summary>
    /// Finds an element and acts on it in one turn of the circuit. Between a search and an act of their own, a page that has read
    /// something renders again, and the element that was found is no more.
    /// </summary>
    public static void Act<T>(this IRenderedComponent<T> page, Action<IRenderedComponent<T>> act)
        where T : IComponent => page.InvokeAsync(() => act(page)).GetAwaiter().GetResult();
}
