async def test_x(graph):
    for q in ("WITH range(1, 20000) AS numbers UNWIND numbers AS x WITH x ORDER BY x DESC RETURN count(x) AS n",
      "WITH [i IN range(1, 3000) | {id: 'p-' + toString(i), post: 'h-' + toString(i)}] AS found RETURN size(COLLECT { UNWIND found AS m RETURN DISTINCT m.id AS id ORDER BY id }) AS n"):
        print(await graph.store.read([(q,{})]))
