"""The catalogue entry as a reader of linked data finds it, without fetching anything."""

import json

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from starlette.testclient import TestClient

from queries import RESOURCES, Database
from tests.api.conftest import HOST

DCAT, DCTERMS = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
SCHEMA, FOAF = Namespace("https://schema.org/"), Namespace("http://xmlns.com/foaf/0.1/")
DATE = URIRef("http://www.w3.org/2001/XMLSchema#date")
PATH = "/api/v1/catalog.jsonld"


@pytest.fixture
def graph(client: TestClient) -> Graph:
    return Graph().parse(data=client.get(PATH).content, format="json-ld")


@pytest.fixture
def dataset(graph: Graph) -> URIRef:
    (found,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert isinstance(found, URIRef)
    return found


def test_the_context_is_inside(client: TestClient) -> None:
    context = json.loads(client.get(PATH).content)["@context"]
    assert isinstance(context, dict) and all(isinstance(value, str) for value in context.values())


def test_it_is_one_dataset_titled_in_both_languages(graph: Graph, dataset: URIRef, served: Database) -> None:
    assert str(dataset) == f"{HOST}{PATH}#dataset"
    titles = {title.language: str(title) for title in graph.objects(dataset, DCTERMS["title"])}
    assert titles == {
        "fr": "Infra IA France, l’observatoire des annonces d’infrastructures d’IA",
        "en": "Infra IA France, the observatory of AI-infrastructure announcements in France",
    }
    assert {one.language for one in graph.objects(dataset, DCTERMS.description)} == {"fr", "en"}
    assert (dataset, DCAT.version, Literal(served.version)) in graph
    day = Literal(f"{served.metadata['recorded_until']:%Y-%m-%d}", datatype=DATE)
    assert list(graph.objects(dataset, DCTERMS.modified)) == [day]
    assert (dataset, RDF.type, SCHEMA.Dataset) in graph


def test_it_bears_its_licence_and_its_publisher(graph: Graph, dataset: URIRef) -> None:
    licence = "http://publications.europa.eu/resource/authority/licence/ETALAB_2_0"
    assert list(graph.objects(dataset, DCTERMS.license)) == [URIRef(licence)]
    (publisher,) = graph.objects(dataset, DCTERMS.publisher)
    assert list(graph.objects(publisher, FOAF.name)) == [Literal("Infra IA France")]


def test_every_distribution_answers_with_its_media_type(client: TestClient, graph: Graph, dataset: URIRef) -> None:
    found = {}
    for one in graph.objects(dataset, DCAT.distribution):
        (url,), (kind,) = graph.objects(one, DCAT.downloadURL), graph.objects(one, DCAT.mediaType)
        assert (one, RDF.type, DCAT.Distribution) in graph and list(graph.objects(one, DCTERMS.license))
        answer = client.get(str(url), follow_redirects=True)
        assert answer.status_code == 200, url
        assert str(kind).endswith("/" + answer.headers["content-type"].split(";")[0]), url
        found[str(url)] = kind
    tables = {f"{HOST}/api/v1/{name}.{ending}" for name, one in RESOURCES.items() for ending in one.formats}
    assert set(found) == tables | {f"{HOST}/api/v1/extract.zip", f"{HOST}/api/v1/observatory.duckdb"}


def test_schema_org_names_the_same_distributions(graph: Graph, dataset: URIRef) -> None:
    assert set(graph.objects(dataset, SCHEMA.distribution)) == set(graph.objects(dataset, DCAT.distribution))
